/** Pictures, sounds and films that a text names. Nothing is fetched: a reference says what it is and where it would come from. */

const kinds: readonly (readonly [kind: string, address: RegExp])[] = [
  ["audio", /^data:audio\/|\.(?:mp3|wav|ogg|flac|m4a|aac|opus)(?:[?#]|$)/i],
  ["video", /^data:video\/|\.(?:mp4|webm|mov|mkv|avi)(?:[?#]|$)/i],
];

/** Pictures inside the text itself: these can be shown without asking anyone. Vector pictures are left out, since they may name other addresses. */
const shownData = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]+$/i;
const webAddress = /^https?:/i;
const longestShown = 120;

/**
 * A reference to a picture, sound or film. A web address is a link, which the editor opens in a browser after asking; a picture held in the text can be shown
 * by a button. Nothing else can be opened.
 */
export function mediaReference(alt: string, address: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "tx-media";
  const label = document.createElement("span");
  label.className = "tx-media-kind";
  label.textContent = kinds.find(([, pattern]) => pattern.test(address))?.[0] ?? "image";
  element.append(label, alt === "" ? " " : ` ${alt} `, addressOf(address));
  if (shownData.test(address)) element.append(showButton(element, alt, address));
  return element;
}

function addressOf(address: string): HTMLElement {
  const isLink = webAddress.test(address);
  const shown = document.createElement(isLink ? "a" : "span");
  shown.className = "tx-address";
  if (shown instanceof HTMLAnchorElement) {
    shown.href = address;
    shown.rel = "noreferrer";
    shown.title = `${address}\nNot fetched. A click opens it in the browser.`;
  }
  shown.textContent = address.startsWith("data:") ? dataWords(address) : shorten(address);
  return shown;
}

/** "image/png, 34 KB in the text". */
function dataWords(address: string): string {
  const type = /^data:([\w/+.-]*)/.exec(address)?.[1] ?? "data";
  return `${type}, ${Math.ceil((address.length * 3) / 4 / 1000).toLocaleString("en")} KB in the text`;
}

const shorten = (address: string): string => (address.length > longestShown ? `${address.slice(0, longestShown)}…` : address);

function showButton(parent: HTMLElement, alt: string, address: string): HTMLElement {
  const button = document.createElement("button");
  button.className = "lnk";
  button.textContent = "Show";
  button.addEventListener("click", () => {
    const picture = document.createElement("img");
    picture.alt = alt;
    picture.src = address;
    button.remove();
    parent.append(picture);
  });
  return button;
}
