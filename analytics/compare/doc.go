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
//  1. a rule changed, and provably: the group is not there on the other side, or a pin was
//     set or taken off
//  2. the cut points moved, and provably: under those of then the customer would not have
//     moved
//  3. what happened to the customer (cause.Happened): a purchase, a return, ids that were
//     joined or parted, a correction. A purchase counts where it can have done it: a score
//     or the tier rose, or the new stage is not decline; a return where the tier or the
//     monetary score alone fell
//  4. a rule changed: settings that the group depends on differ
//  5. the cut points moved: a tier that was won or lost rests on scores, or nothing tells
//     who moved by it
//  6. the model moved: a tier that was won or lost rests on what a lifetime model
//     expects, or a customer is no longer lost by it, and the model has other parameters
//  7. time passed: none of the above
//
// Who is on one night only has one of these, or has given everything back, as
// all_returned.csv says.
package compare
