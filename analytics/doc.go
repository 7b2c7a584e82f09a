// Package analytics runs the nightly job.
//
// [Run] reads from top to bottom as the sequence of steps, and stages.go is the one place
// where the stages of a night meet. Data flows one way, and the packages are named after
// its stops:
//
//	exports -> ledger -> customers -> scores, worth, lifecycle, risk, interests, tiers -> groups -> publication -> publish
//
// A walk through the code along one customer's orders:
//
//   - analytics/job says which files to read and what their columns mean;
//   - analytics/ledger reads each row once, uses it or sets it aside with a
//     reason, and accounts for both; analytics/persons decides which ids are one person,
//     and analytics/accounts which account stands below which;
//   - analytics/responses says what became of contacts, and who may not be contacted again;
//   - analytics/customers reduces the rows, in SQL that analytics/engine runs, first to a
//     customer's orders, of which it makes one row per customer: columns of numbers from there on;
//   - analytics/night is what every stage is given and none may change: the job, the
//     night, the customers, and the night before laid beside them;
//   - a stage each, analytics/scores, worth, lifecycle, risk, interests and tiers say what
//     is published of the customer, and what the next night is to remember; analytics/groups
//     sums customers up, and analytics/audit looks at what earlier nights said of them;
//   - analytics/activity hands over what customers did month by month and day by day, and
//     analytics/evidence what shows how far the night can be believed;
//   - analytics/publication says what a publication is: its columns, files and manifest;
//   - analytics/publish puts the result in place, whole or not at all.
//
// # Stages
//
// A stage is a package with a function Run. It takes a night.Context and, as plain columns,
// what it needs of earlier stages, and gives a Result:
//
//	Columns   what is published of each customer, and remembered (publication.Columns)
//	Files     its own files
//	Kind      for stages that group customers: the groups, with names and rules in words
//	Metrics   the numbers by which tiers may be earned
//	Counts, Drift, Model, Equity, ...   its part of run.json; nil where the stage is off
//
// Ask says what it needs of each customer before these are reduced; recall reads what the
// night before remembers, beside Columns, which writes it, and Recalled names the columns that
// it reads (recall.go): others are not kept. Stages do not import each other:
// what one needs of another is an argument, and the order of a run is that of arguments. To
// add a column is to declare it in publication/column and to give it in one stage; a table
// refuses what is missing. To add a stage is a package, its name in publication/column and
// steps.go, its call in stages.go, what it gives in write.go (tables and files) and
// manifest.go, and its path in the rules of .golangci.yml.
//
// Four things differ from the first drawing of this house. Run of a stage takes no
// context.Context, as a stage only computes: who calls it may stop waiting (steps.go). What
// is at stake with customers is a stage of its own, risk, because it takes what lifecycle
// and worth say, and neither needs it. The arithmetic of scores and the models that stages
// are judged by stand one floor below their stages (scores/rfm, lifecycle/outlook), where
// analytics/publication can know their types without knowing the stages. The first grain
// of the SQL is a customer's order and not the day, as an order may have lines in two files.
//
// A run is a function of the exports, the job file and the publication of the
// night before (analytics/history), whose cut points may be kept: the same
// night run twice gives the same bytes, timings in run.json apart. Nothing of that
// publication is believed unseen: analytics/publication opens it and holds every file
// against its manifest, for `clientele verify` too. What changed
// between two publications is told by analytics/compare, and analytics/query answers SQL
// over one; no run needs them. [Look] and analytics/draft come before the first run: they
// look at exports and draft the job file.
package analytics
