/** A whole number with commas between thousands: 8112 gives "8,112". `toLocaleString` says the same, but its first call loads locale data for tens of milliseconds. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
