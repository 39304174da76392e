/** The texts inside relation databags: Python-style JSON, capped decoding, field codecs. */
export {};
