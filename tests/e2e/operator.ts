// The operator of the server with the made models.

export const ADMIN_TOKEN = 'let-me-move-it';
