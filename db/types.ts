// biome-ignore lint/complexity/noBannedTypes: replaced by the generated types
export type DB = {};
