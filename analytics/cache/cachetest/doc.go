// Package cachetest plays shops through random nights, each with a cache and without, and
// compares what they publish byte for byte.
//
// A [Shop] has exports of several kinds. Between nights rows come late or for days to come,
// files are replaced, added to, renamed, removed and put there twice, the job file changes
// and changes back, customers are erased, nights are run again for other days, and entries of
// the cache are damaged.
package cachetest
