/** One word of HTTP (RFC 9110, `token`): a method, the name of a header or of a cookie. */
export const HTTP_TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
