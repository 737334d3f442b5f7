/** What `dist/vendor/any-ascii.cjs` is made of: half a megabyte of tables, that only the matcher of names needs. */
module.exports = require('any-ascii').default
