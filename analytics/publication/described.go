package publication

import "clientele/analytics/publish"

// Described is what docs/files.md says of files that are no lists; see
// [column.Lists] for those.
type Described struct {
	Names []string
	Row   string // what a row is; empty: it has none
	Asked string // the key of the job file without which there is no such file; empty: there always is
	Doc   string // what it is for, in Markdown
}

// Files are those files, in the order in which people read them.
var Files = []Described{
	{Names: []string{CustomersParquet, CustomersCSV}, Row: "customer, the best first", Asked: "output.formats", Doc: "everybody, with all [columns](columns.md)"},
	{Names: []string{ReportFile}, Asked: "output.report", Doc: "[the page of the night](report.md), in one file that opens anywhere; `clientele report` writes it again"},
	{Names: []string{ModelFile}, Asked: "clv", Doc: "the fitted models and their weights, which `clientele clv predict` takes: parameters, standard errors and covariance, how it was chosen; or why there is none"},
	{Names: []string{EvidenceFile}, Doc: "[how forecasts of the models came true](models.md#what-evidencejson-holds) where they could be tried, and tables of all customers: repeat purchases, gaps, spend, the grid of recency and frequency"},
	{Names: []string{CutPointsFile}, Asked: "rfm", Doc: "the edges behind `r`, `f` and `m`, and how many customers had each score at the fit"},
	{Names: []string{PanelFile}, Asked: "stages", Doc: "what the stages are judged by: the shop's clock, regularity and rates, fitted anew on each Sunday"},
	{Names: []string{PurchasesFile}, Row: "customer, in order of id", Asked: "output.purchases", Doc: "the purchase days of each customer and what was spent on them, for `explain` and pictures of one customer"},
	{Names: []string{RevenueFile}, Row: "customer, in order of id", Doc: "[where the revenue of each customer comes from](asset.md#where-revenue-comes-from), which adds up to that of `revenue_sources.csv`"},
	{Names: []string{AssignmentsFile}, Row: "experiment and customer", Asked: "activation", Doc: "who was drawn into which arm of which campaign, when and why: what is drawn is never drawn again"},
	{Names: []string{ContactsFile}, Row: "contact that a list planned", Asked: "activation", Doc: "the contacts of all nights, for caps and overlaps"},
	{Names: []string{ResponsesFile}, Row: "response", Asked: "activation.responses", Doc: "[what became of contacts](responses.md), of all nights, so that it counts although the file has gone"},
	{Names: []string{FeedFiles}, Row: "customer, change of tier or contact; in JSON, a line for each request", Asked: "feeds", Doc: "[what engines take](feeds.md): profiles, changes of tier and lists, in the shape of each"},
	{Names: []string{StateFile}, Row: "customer, in order of id", Doc: "what the next night needs to know of each"},
	{Names: []string{publish.ManifestFile}, Doc: "inputs with sha256, rows and money by fate, settings in force, results, files with sha256, versions, a checksum of itself"},
	{Names: []string{publish.SuccessFile}, Doc: "written last"},
}
