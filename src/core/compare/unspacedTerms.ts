/**
 * Text without spaces, as Chinese and Japanese, as terms: its characters and the overlapping pairs of them, which find more than either alone (Nie, Gao, Zhang
 * and Zhou 2000, "On the use of words and n-grams for Chinese information retrieval"). Words that say nothing about what a step is about are left out.
 */

/** A run of characters of such a text. */
export const unspacedShape = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]+";

const unspaced = new RegExp(`^${unspacedShape}`, "u");

/** Is this spelling such a run? */
export const isUnspaced = (spelling: string): boolean => spelling.charCodeAt(0) >= 0x2e80 && unspaced.test(spelling);

/** Words and particles that any step may have, longest first. */
const stopWords = new RegExp(
  [
    "也就是说|换句话说|接下来|这意味着",
    "我们|你们|他们|它们|可以|能够|应该|需要|必须|所以|因此|因为|由于|于是|从而|首先|其次|然后|接着|最后|另外|同时|如果|那么|但是|不过|而且|并且|或者|以及|其中|这个|那个|这些|那些|这样|那样|这里|那里|一个|一下|没有|不是|就是|还是|也是|即可|可得|得到|得出|知道|看看|一些|什么|怎么|等等|根据|题意|题目|已知|解析|答案|现在|这是|那就|再次|对吗|好的",
    "[的了是在和与及或而且但就也都又还我你他她它这那哪吗呢吧啊呀嘛之其则即若把被让使着嗯哦]",
  ].join("|"),
  "u",
);

/** Terms of a run, part by part between those words. */
export function unspacedTerms(run: string): string[] {
  return run.split(stopWords).flatMap((part) => {
    const characters = [...part];
    return [...characters, ...characters.slice(1).map((character, at) => `${characters[at]}${character}`)];
  });
}
