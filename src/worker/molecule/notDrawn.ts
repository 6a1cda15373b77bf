/** Stands in for the parts of the molecule library that draw on a canvas or in colour clouds: the view draws lines and letters as SVG. */
export default class NotDrawn {}
