/** observable(): one declaration becomes every standard endpoint. */
export {};
