package publication

import "clientele/analytics/publish"

// The files of a publication, beside [publish.ManifestFile], [publish.SuccessFile] and
// those of [column.Lists].
// A stage that is off leaves its files out.
const (
	CustomersParquet = "customers.parquet" // see column.Customers
	CustomersCSV     = "customers.csv"
	StateFile        = "state.parquet" // what the next night needs to know of each customer, in order of id: see column.State

	PurchasesFile = "purchases.parquet" // the purchase days of each customer, in order of id: see [Publication.ReadPurchases]

	RevenueFile = "revenue.parquet" // where the revenue of each customer comes from, in order of id: see column.CustomerRevenue

	AssignmentsFile = "assignments.parquet" // who is in which arm of which experiment: see [Publication.ReadMemory]
	ContactsFile    = "contacts.parquet"    // contacts that lists planned
	ResponsesFile   = "responses.parquet"   // what became of contacts: see [Publication.ReadResponses]

	// FeedFiles are those of a feed: see package feeds.
	FeedFiles = "feeds/<shape>/..."

	ModelFile     = "model.json"     // a [Model]
	EvidenceFile  = "evidence.json"  // an [Evidence]
	ReportFile    = "report.html"    // the page that package report writes
	CutPointsFile = "cutpoints.json" // an rfm.CutPoints
	PanelFile     = "rhythm.json"    // a lifecycle.Panel: what the stages are judged by
)

// File is what run.json says of a file.
type File = publish.FileInfo
