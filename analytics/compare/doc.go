// Package compare tells what changed between two publications of a job, and
// why.
//
// In come two folders that runs published; out comes a Report: totals, who
// entered and left, who moved between segments, tiers and stages, and which
// settings, cut points and model parameters are not what they were.
//
//	folder -> Open -> Publication
//	Publication, Publication -> Publications -> Report
//
// What it needs is in run.json, state.parquet, cutpoints.json, model.json, identity.csv
// and all_returned.csv; the exports are not read again.
//
// # Causes
//
// Two publications show that a customer moved and what else had changed by
// then. Of several reasons one is named, the first of these that applies; see
// [Evidence]:
//
//  1. a rule changed, and provably: the group is not there on the other side;
//     a pin was set or taken off; or the cut points were refitted, and under
//     those of then the customer would not have moved
//  2. the customer bought after the older night, and a purchase can have done it:
//     a score or the tier rose, or the new stage is not decline
//  3. the customer gave something back, and that can have done it: the tier or
//     the monetary score alone fell
//  4. joined with another id, or parted from one: the past of a customer who neither
//     bought nor gave back is not what it was, and identity.csv of one night says why
//  5. a correction arrived: the past is not what it was, and nothing says why
//  6. a rule changed: settings that the group depends on differ
//  7. the model moved: a tier that was won or lost rests on what a lifetime model
//     expects, or a customer is no longer lost by it, and the model has other parameters
//  8. time passed: none of the above
//
// Who is on one night only has one of these, or has given everything back, as
// all_returned.csv says.
package compare
