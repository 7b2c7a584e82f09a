package publication

import "clientele/analytics/publish"

// The files of a publication, beside [publish.ManifestFile] and [publish.SuccessFile].
// A stage that is off leaves its files out.
const (
	CustomersParquet = "customers.parquet" // see column.Customers
	CustomersCSV     = "customers.csv"
	StateFile        = "state.parquet" // what the next night needs to know of each customer, in order of id: see column.State
	SegmentsFile     = "segments.csv"  // a row for each [Group]
	RejectsFile      = "rejects.csv"   // rows of the exports that were set aside
	IdentityFile     = "identity.csv"  // ids that are published under another, where the job joins ids

	TiersDeltaFile    = "tiers_delta.csv"    // changes of tier since the night before
	TiersWarningsFile = "tiers_warnings.csv" // members who are about to fall
	AtRiskFile        = "at_risk.csv"        // who is slipping
	InterestsFile     = "interests.csv"      // lost interests
	LosingFile        = "interests_by_segment.csv"

	ModelFile     = "model.json"     // a [Model]
	CutPointsFile = "cutpoints.json" // an rfm.CutPoints
	PanelFile     = "rhythm.json"    // a lifecycle.Panel: what the stages are judged by
)

// File is what run.json says of a file.
type File = publish.FileInfo
