import type { Json } from "../trace";
import { isArray, isObject } from "./access";

/** The shown text of a message's `content`: a string, or the text parts of a list joined by blank lines; undefined when there is none. */
export function contentText(content: Json | undefined): string | undefined {
  if (typeof content === "string") return content === "" ? undefined : content;
  if (!isArray(content)) return undefined;
  const texts = content.map((part) => (typeof part === "string" ? part : isObject(part) && typeof part.text === "string" ? part.text : ""));
  const text = texts.filter((item) => item !== "").join("\n\n");
  return text === "" ? undefined : text;
}
