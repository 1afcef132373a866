// MLmodel: the file by which MLflow knows what a folder of artifacts holds and what loads it. Made of the manifest, so that a
// version that nobody logged with MLflow opens there as an ONNX model.

import type { Manifest } from '#contract/manifest.ts';

export const MODEL_FILE = 'MLmodel';

/** YAML; JSON's texts are YAML's. */
export function modelFile({ model, version, created_at }: Manifest): string {
  const made = created_at.replace('T', ' ').replace('Z', '000');
  return `artifact_path: ${model}
flavors:
  onnx:
    code: null
    data: model.onnx
    providers:
    - CPUExecutionProvider
  python_function:
    data: model.onnx
    loader_module: mlflow.onnx
model_uuid: ${JSON.stringify(`${model}/${version}`)}
utc_time_created: ${JSON.stringify(made)}
`;
}
