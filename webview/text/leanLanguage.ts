/** Lean 3 and 4 for highlight.js, which does not know it. Words from the Lean 4 reference manual. */
import type { HLJSApi, Language } from "highlight.js";

const declarations =
  "theorem lemma def abbrev example axiom constant instance structure class inductive coinductive namespace section end open import variable variables universe universes export attribute macro syntax notation infix infixl infixr prefix postfix deriving extends mutual opaque private protected noncomputable partial unsafe local scoped";
const terms = "fun λ let in have show from assume suffices obtain match with if then else do for by where return calc at using begin";
const tactics =
  "simp rw rwa ring ring_nf norm_num linarith nlinarith positivity omega decide exact apply intro intros cases rcases induction refine constructor left right split unfold field_simp simpa use exists ext funext contradiction exfalso by_contra by_cases push_neg native_decide aesop tauto assumption rfl trivial nth_rewrite conv gcongr bound interval_cases";

/** The language's definition. */
export const lean = (hljs: HLJSApi): Language => ({
  name: "Lean",
  unicodeRegex: true,
  keywords: {
    $pattern: /[\p{L}_][\p{L}\p{N}_']*/u,
    keyword: `${declarations} ${terms}`,
    built_in: tactics,
    literal: "sorry admit true false True False",
  },
  contains: [
    hljs.COMMENT("/-", "-/", { contains: ["self"] }),
    hljs.COMMENT("--", "$"),
    hljs.QUOTE_STRING_MODE,
    { scope: "meta", begin: /@\[/, end: /\]/ },
    { scope: "type", begin: /[ℕℤℚℝℂ]|\b(?:Nat|Int|Rat|Real|Complex|Prop|Type|Sort|Bool|List|Finset|Set)\b/u },
    hljs.NUMBER_MODE,
  ],
});
