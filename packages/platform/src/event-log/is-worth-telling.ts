/** The 1st, 2nd, 4th, 8th … failure in a row goes to the operator's log; the others would only repeat it. */
export const isWorthTelling = (failures: number): boolean => (failures & (failures - 1)) === 0
