// What each metric is called where people read it.

export const METRICS: Readonly<
  Record<string, { readonly title: string; readonly better: 'higher' | 'lower' }>
> = {
  accuracy: { title: 'Accuracy', better: 'higher' },
  macro_f1: { title: 'Macro F1', better: 'higher' },
  log_loss: { title: 'Log-loss', better: 'lower' },
  ece: { title: 'Calibration error', better: 'lower' },
  rmse: { title: 'RMSE', better: 'lower' },
  mae: { title: 'MAE', better: 'lower' },
  r2: { title: 'R²', better: 'higher' },
};
