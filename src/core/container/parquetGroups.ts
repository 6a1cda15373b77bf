import type { ColumnMetaData, Compressors, DecodedArray, FileMetaData, RowGroup, SchemaTree } from "hyparquet";
import { assembleNested } from "hyparquet/src/assemble.js";
import { readColumn } from "hyparquet/src/column.js";
import { DEFAULT_PARSERS } from "hyparquet/src/convert.js";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";
import { getTreePath, isFlatColumn } from "hyparquet/src/schema.js";
import { type ByteSource, copyOf } from "../bytes/byteSource";
import { fail, ok, type Result } from "../result";
import type { Codecs } from "./codecs";
import { unpackHadoopLz4, unpackLz4Block } from "./lz4";

/**
 * Rows of a Parquet file by blocks. The decoders of hyparquet are used without its asynchronous front: a record must be there when it is asked for,
 * and bytes are read from a local file.
 */

/** Rows `[from, to)` of the file that are decoded together: a row group, or a part of a large one. Byte sizes are of unpacked values. */
export interface RowBlock {
  readonly from: number;
  readonly to: number;
  readonly bytes: number;
  /** Byte range of the block's row group in the file. */
  readonly fileStart: number;
  readonly fileEnd: number;
  readonly group: RowGroup;
  /** First row of the row group. */
  readonly groupStart: number;
}

/** One row: values by column. */
export type Row = Readonly<Record<string, unknown>>;

/** Unpacked bytes of a block, roughly, where rows are small enough. */
const blockBytes = 16 << 20;
/** The same where a column is nested: each block then decodes the whole column of its row group, so blocks are larger and few. */
const nestedBlockBytes = 64 << 20;
const nestedBlocks = 4;
/** Largest footer that is read. */
const mostFooterBytes = 512 << 20;

/** The footer of a Parquet file. Codes: "damaged". */
export function readFooter(source: ByteSource): Result<FileMetaData> {
  const damaged = fail("damaged", `${source.name} is a Parquet file without its footer: it was cut off, or is still being written.`);
  const size = source.size();
  const end = copyOf(source.read(Math.max(0, size - 8), 8));
  if (end.length < 8 || new TextDecoder().decode(end.subarray(4)) !== "PAR1") return damaged;
  const length = new DataView(end.buffer).getUint32(0, true);
  if (length > mostFooterBytes || length + 12 > size) return damaged;
  try {
    return ok(parquetMetadata(copyOf(source.read(size - 8 - length, length + 8)), { geoparquet: false }));
  } catch {
    return damaged;
  }
}

/** Cuts the rows of a file into blocks that fit in memory. */
export function rowBlocks(metadata: FileMetaData): RowBlock[] {
  const schema = parquetSchema(metadata);
  const nested = schema.children.some((child) => child.children.length > 0);
  const blocks: RowBlock[] = [];
  let groupStart = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    const bytes = Number(group.total_byte_size);
    const wanted = nested ? Math.min(nestedBlocks, Math.ceil(bytes / nestedBlockBytes)) : Math.ceil(bytes / blockBytes);
    const count = Math.max(1, Math.min(rows, wanted));
    const ranges = group.columns.map(({ meta_data }) => meta_data && rangeOf(meta_data)).filter((range) => range !== undefined);
    const fileStart = ranges.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
    const fileEnd = ranges.reduce((most, { end }) => Math.max(most, end), 0);
    const perBlock = Math.ceil(rows / count);
    for (let from = 0; from < rows; from += perBlock) {
      const to = Math.min(rows, from + perBlock);
      const share = (bytes * (to - from)) / rows;
      blocks.push({ from: groupStart + from, to: groupStart + to, bytes: share, fileStart, fileEnd, group, groupStart });
    }
    groupStart += rows;
  }
  return blocks;
}

function rangeOf(column: ColumnMetaData): { readonly start: number; readonly end: number } {
  const start = Number(column.dictionary_page_offset || column.data_page_offset);
  return { start, end: start + Number(column.total_compressed_size) };
}

/** Decodes the rows of a block. Throws on damaged bytes and on packings that the platform does not know. */
export function readBlock(source: ByteSource, metadata: FileMetaData, block: RowBlock, codecs: Codecs): Row[] {
  const schema = parquetSchema(metadata);
  const columns = new Map<string, { readonly values: ArrayLike<unknown>; readonly skipped: number }>();
  for (const child of schema.children) columns.set(child.element.name, readTopColumn(source, schema, child, block, codecs));
  const first = block.from - block.groupStart;
  return Array.from({ length: block.to - block.from }, (_, i) => {
    const row: Record<string, unknown> = {};
    for (const [name, { values, skipped }] of columns) row[name] = values[first + i - skipped];
    return row;
  });
}

/** A column of the file's rows: one chunk of bytes, or several of a nested column put together. */
function readTopColumn(source: ByteSource, schema: SchemaTree, child: SchemaTree, block: RowBlock, codecs: Codecs) {
  const chunks = block.group.columns.flatMap(({ meta_data }) => (meta_data?.path_in_schema[0] === child.element.name ? [meta_data] : []));
  const read = chunks.map((column) => ({ path: column.path_in_schema.join("."), ...readChunk(source, schema, column, block, codecs) }));
  const [only] = read;
  if (child.children.length === 0) return { values: only?.values ?? [], skipped: only?.skipped ?? 0 };
  const parts = new Map<string, DecodedArray>(read.map(({ path, values }) => [path, values]));
  assembleNested(parts, child, DEFAULT_PARSERS);
  return { values: parts.get(child.element.name) ?? [], skipped: only?.skipped ?? 0 };
}

function readChunk(source: ByteSource, schema: SchemaTree, column: ColumnMetaData, block: RowBlock, codecs: Codecs) {
  const schemaPath = getTreePath(schema, column.path_in_schema);
  const element = schemaPath.at(-1)?.element;
  if (!element) throw new Error(`there is no column ${column.path_in_schema.join(".")}`);
  const decoder: Parameters<typeof readColumn>[2] = {
    pathInSchema: column.path_in_schema,
    element,
    schemaPath,
    type: column.type,
    codec: column.codec,
    parsers: { ...DEFAULT_PARSERS, jsonFromBytes: DEFAULT_PARSERS.stringFromBytes },
    compressors: compressorsOf(codecs),
    utf8: false,
  };
  const { start, end } = rangeOf(column);
  const bytes = copyOf(source.read(start, end - start));
  if (bytes.length < end - start) throw new Error("the file ends within a row group");
  const groupRows = Number(block.group.num_rows);
  const flat = isFlatColumn(schemaPath);
  const select = {
    groupStart: block.groupStart,
    groupRows,
    selectStart: flat ? block.from - block.groupStart : 0,
    selectEnd: flat ? block.to - block.groupStart : groupRows,
  };
  const { data, skipped } = readColumn({ view: new DataView(bytes.buffer), offset: 0 }, select, decoder);
  return { values: joined(data), skipped };
}

const joined = (pages: readonly DecodedArray[]): DecodedArray => {
  const [only] = pages;
  if (pages.length === 1 && only) return only;
  const all: unknown[] = [];
  for (const page of pages) for (const value of page) all.push(value);
  return all;
};

const compressorsOf = (codecs: Codecs): Compressors => ({
  GZIP: codecs.gzip,
  ZSTD: codecs.zstd,
  LZ4: unpackHadoopLz4,
  LZ4_RAW: unpackLz4Block,
  ...(codecs.brotli ? { BROTLI: codecs.brotli } : {}),
});
