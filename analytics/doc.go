// Package analytics runs the nightly job.
//
// [Run] reads from top to bottom as the sequence of stages, and is the one
// place where they meet. Data flows one way, and the packages are named after
// its stops:
//
//	exports -> ledger -> customers -> rfm + clv -> segment -> publish
//
// A walk through the code along one customer's orders:
//
//   - analytics/job says which files to read and what their columns mean;
//   - analytics/ledger reads each row once, uses it or sets it aside with a
//     reason, and accounts for both;
//   - analytics/customers reduces the rows, in SQL that analytics/engine runs,
//     to one row per customer: columns of numbers from there on;
//   - analytics/scores/rfm scores them, clv works out what they will bring, and segment
//     names their segment, tier and lifecycle stage and what they have lost
//     interest in: pure functions all;
//   - analytics/publish puts the result in place, whole or not at all.
//
// A run is a function of the exports, the job file and the publication of the
// night before (analytics/history), whose cut points may be kept: the same
// night run twice gives the same bytes, timings in run.json apart. Nothing of that
// publication is believed unseen: analytics/publication opens it and holds every file
// against its manifest, for `clientele verify` too. What changed
// between two publications is told by analytics/compare, which no run needs.
package analytics
