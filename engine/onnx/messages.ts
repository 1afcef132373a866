// The messages of ONNX's protocol buffers that our models and a look into others' need, as a table.
// Names, types and field numbers: onnx/onnx.proto of the ONNX project, IR version 8.

import protobuf from 'protobufjs/light.js';

type Fields = Readonly<Record<string, readonly [id: number, type: string, rule?: 'repeated']>>;

const MESSAGES: Readonly<Record<string, Fields>> = {
  ModelProto: {
    ir_version: [1, 'int64'],
    producer_name: [2, 'string'],
    producer_version: [3, 'string'],
    doc_string: [6, 'string'],
    graph: [7, 'GraphProto'],
    opset_import: [8, 'OperatorSetIdProto', 'repeated'],
    metadata_props: [14, 'StringStringEntryProto', 'repeated'],
  },
  OperatorSetIdProto: { domain: [1, 'string'], version: [2, 'int64'] },
  StringStringEntryProto: { key: [1, 'string'], value: [2, 'string'] },
  GraphProto: {
    node: [1, 'NodeProto', 'repeated'],
    name: [2, 'string'],
    initializer: [5, 'TensorProto', 'repeated'],
    input: [11, 'ValueInfoProto', 'repeated'],
    output: [12, 'ValueInfoProto', 'repeated'],
  },
  TensorProto: {
    dims: [1, 'int64', 'repeated'],
    data_type: [2, 'int32'],
    float_data: [4, 'float', 'repeated'],
    int64_data: [7, 'int64', 'repeated'],
    name: [8, 'string'],
    raw_data: [9, 'bytes'],
    data_location: [14, 'int32'],
  },
  NodeProto: {
    input: [1, 'string', 'repeated'],
    output: [2, 'string', 'repeated'],
    name: [3, 'string'],
    op_type: [4, 'string'],
    attribute: [5, 'AttributeProto', 'repeated'],
    domain: [7, 'string'],
  },
  AttributeProto: {
    name: [1, 'string'],
    f: [2, 'float'],
    i: [3, 'int64'],
    s: [4, 'bytes'],
    t: [5, 'TensorProto'],
    g: [6, 'GraphProto'],
    floats: [7, 'float', 'repeated'],
    ints: [8, 'int64', 'repeated'],
    strings: [9, 'bytes', 'repeated'],
    graphs: [11, 'GraphProto', 'repeated'],
    type: [20, 'int32'],
  },
  ValueInfoProto: { name: [1, 'string'], type: [2, 'TypeProto'] },
  // What is no tensor is only told from one; its own fields are passed over.
  TypeProto: {
    tensor_type: [1, 'TensorTypeProto'],
    sequence_type: [4, 'OtherTypeProto'],
    map_type: [5, 'OtherTypeProto'],
  },
  OtherTypeProto: {},
  TensorTypeProto: { elem_type: [1, 'int32'], shape: [2, 'TensorShapeProto'] },
  TensorShapeProto: { dim: [1, 'DimensionProto', 'repeated'] },
  DimensionProto: { dim_value: [1, 'int64'], dim_param: [2, 'string'] },
};

const root = protobuf.Root.fromJSON({
  nested: Object.fromEntries(
    Object.entries(MESSAGES).map(([message, fields]) => [message, { fields: describe(fields) }]),
  ),
});

/** Encodes and decodes a whole .onnx file. Field names stay as the ONNX project spells them. */
export const ModelProto = root.lookupType('ModelProto');

/** AttributeProto.AttributeType. */
export const ATTRIBUTE_TYPE = {
  FLOAT: 1,
  INT: 2,
  STRING: 3,
  TENSOR: 4,
  FLOATS: 6,
  INTS: 7,
  STRINGS: 8,
} as const;

/** TensorProto.DataType. */
export const FLOAT = 1;
export const INT64 = 7;

function describe(fields: Fields): Record<string, protobuf.IField> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, [id, type, rule]]) => [
      name,
      rule === undefined ? { id, type } : { id, type, rule },
    ]),
  );
}
