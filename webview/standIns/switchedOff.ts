/** Stands in for the rules of markdown-it that the view switches off, and for its writer of HTML, which the view never calls. */
export default function switchedOff(): boolean {
  return false;
}
