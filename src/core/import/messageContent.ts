import type { Json, JsonObject } from "../trace";
import { isArray, isObject } from "./access";

/** Characters of a picture or sound held in a message that go into its text; a longer one is named only, since the text is shown in lists and compared. */
const longestMedia = 64_000;

/**
 * The shown text of a message's `content`: a string, or the parts of a list joined by blank lines; undefined when there is none. A picture, sound or film
 * stands as a Markdown reference to its address, so that it is not lost.
 */
export function contentText(content: Json | undefined): string | undefined {
  if (typeof content === "string") return content === "" ? undefined : content;
  if (!isArray(content)) return undefined;
  const texts = content.map(partText);
  const text = texts.filter((item) => item !== "").join("\n\n");
  return text === "" ? undefined : text;
}

function partText(part: Json): string {
  if (typeof part === "string") return part;
  if (!isObject(part)) return "";
  return typeof part.text === "string" ? part.text : mediaText(part);
}

/** A picture, sound, film or file that a part of a message holds, as a Markdown reference; what a document holds as plain text, as that; else "". */
export function mediaText(part: JsonObject): string {
  for (const name of mediaFields) {
    const held = part[name];
    if (typeof held === "string" && held !== "") return reference(held);
    if (!isObject(held)) continue;
    if (held.type === "text" && typeof held.data === "string") return held.data;
    const address = addressFields.map((field) => held[field]).find((value) => typeof value === "string" && value !== "");
    if (typeof address === "string") return reference(address);
    if (typeof held.data === "string") return reference(`data:${mediaType(name, held)};base64,${held.data}`);
  }
  return "";
}

/** Where the parts of the common interfaces keep what is no text: an address, or an object with an address or with the data itself. */
const mediaFields = [
  "image_url",
  "input_audio",
  "source",
  "image",
  "audio",
  "video",
  "video_url",
  "audio_url",
  "file",
  "file_url",
  "file_data",
  "file_id",
  "inlineData",
  "inline_data",
  "fileData",
  "url",
] as const;

/** Names of an address within such an object, the fullest first. A file's name alone still says what was there. */
const addressFields = ["url", "fileUri", "file_uri", "path", "file_data", "file_id", "filename"] as const;

function mediaType(name: string, held: JsonObject): string {
  const given = held.media_type ?? held.mimeType ?? held.mime_type;
  if (typeof given === "string") return given;
  const kind = /image|audio|video/.exec(name)?.[0] ?? "application";
  return `${kind}/${typeof held.format === "string" ? held.format : "octet-stream"}`;
}

function reference(address: string): string {
  if (address.length <= longestMedia) return `![](${address.replace(/\s/g, "%20")})`;
  const type = /^data:([\w/+.-]+)/.exec(address)?.[1] ?? "an address";
  return `[${type} of ${address.length.toLocaleString("en")} characters, held in the record]`;
}
