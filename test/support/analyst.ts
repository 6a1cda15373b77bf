import { type Analyst, analyst } from "../../src/core/analyst";

/** For sessions of tests, which have it at hand. */
export const loadAnalyst = async (): Promise<Analyst> => analyst;
