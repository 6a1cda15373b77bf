/** A bundle of its own, which the worker loads once its first rows are given. */
export { analyst } from "../core/analyst";
