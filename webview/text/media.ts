/** Pictures, sounds and films that a text names. Nothing is fetched unasked: a reference says what it is and where it would come from. */

const kinds: readonly (readonly [kind: string, address: RegExp])[] = [
  ["audio", /^data:audio\/|\.(?:mp3|wav|ogg|flac|m4a|aac|opus)(?:[?#]|$)/i],
  ["video", /^data:video\/|\.(?:mp4|webm|mov|mkv|avi)(?:[?#]|$)/i],
];

/** Pictures inside the text itself: these can be shown without asking anyone. Vector pictures are left out, since they may name other addresses. */
const shownData = /^data:image\/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]+$/i;
const webAddress = /^https?:/i;
const pictureEnding = /\.(?:png|jpe?g|gif|webp|bmp)(?:[?#]|$)/i;
/** An address without a scheme or host that ends like a picture, a sound or a film. */
const localAddress =
  /^(?![a-z][\w+.-]*:|\/\/)[^\s<>"|*]+\.(?:png|jpe?g|gif|webp|bmp|svg|avif|tiff?|mp3|wav|ogg|flac|m4a|aac|opus|mp4|webm|mov|mkv|avi)(?:[?#]\S*)?$/i;

/** A wish to see a file beside the trace's own, as the event `rti-media` that the view answers by one of the two. */
export interface MediaWish {
  readonly address: string;
  /** Shows a picture, by its data address; undefined where the editor opened the file itself. */
  show(picture: string | undefined): void;
  /** Says why there is nothing to show. */
  refuse(reason: string): void;
}

/** True for an address that means a file beside the trace's own. */
export const isLocalMedia = (address: string): boolean => localAddress.test(address);
const longestShown = 120;

/**
 * A reference to a picture, sound or film. A web address is a link, which the editor opens in a browser after asking; a picture held in the text or beside the
 * trace's file can be shown by a button. Nothing else can be opened.
 */
export function mediaReference(alt: string, address: string): HTMLElement {
  const element = document.createElement("span");
  element.className = "tx-media";
  const label = document.createElement("span");
  label.className = "tx-media-kind";
  label.textContent = kinds.find(([, pattern]) => pattern.test(address))?.[0] ?? "image";
  element.append(label, alt === "" ? " " : ` ${alt} `, addressOf(address));
  if (shownData.test(address)) element.append(showButton("Show", (button) => showPicture(button, alt, address)));
  else if (isLocalMedia(address))
    element.append(showButton(pictureEnding.test(address) ? "Show" : "Open", (button) => wish(button, alt, address)));
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

function showButton(words: string, show: (button: HTMLElement) => void): HTMLElement {
  const button = document.createElement("button");
  button.className = "lnk";
  button.textContent = words;
  button.addEventListener("click", () => show(button));
  return button;
}

function showPicture(button: HTMLElement, alt: string, source: string): void {
  const picture = document.createElement("img");
  picture.alt = alt;
  picture.src = source;
  button.replaceWith(picture);
}

function wish(button: HTMLElement, alt: string, address: string): void {
  const detail: MediaWish = {
    address,
    show: (picture) => {
      reasonAfter(button)?.remove();
      if (picture !== undefined) showPicture(button, alt, picture);
    },
    refuse: (reason) => {
      const said = reasonAfter(button) ?? document.createElement("span");
      said.className = "tx-refused";
      said.setAttribute("role", "status");
      said.textContent = reason;
      button.after(said);
    },
  };
  button.dispatchEvent(new CustomEvent<MediaWish>("rti-media", { bubbles: true, composed: true, detail }));
}

const reasonAfter = (button: HTMLElement): Element | undefined =>
  button.nextElementSibling?.classList.contains("tx-refused") ? button.nextElementSibling : undefined;
