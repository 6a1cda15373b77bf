/** Names that the notation of answers knows, as data. */

/** Functions that take the argument after them. */
export const functions = new Set(
  "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln exp abs lg min max gcd lcm det".split(" "),
);
/** Commands that are symbols. */
export const greek = new Set(
  "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega infty emptyset varnothing ell hbar".split(
    " ",
  ),
);
/** Closing brackets by their opening one. */
export const closing: Readonly<Record<string, string>> = {
  "(": ")]",
  "[": "])",
  "\\{": "\\}",
  lfloor: "rfloor",
  lceil: "rceil",
  langle: "rangle",
};
