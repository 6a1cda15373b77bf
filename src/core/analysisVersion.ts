/** Changes whenever the same trace may give another analysis, so that stored results are thrown away. Apart from the analysis, which is loaded late. */
export const analysisVersion = 7;
