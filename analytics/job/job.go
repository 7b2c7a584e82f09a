package job

import (
	"time"

	"clientele/analytics/consent"
	"clientele/segment/quality"
)

// Job is one job file with every default applied. Its keys are the contract
// with users: they appear in the file, in --set, in error messages and, as the
// settings in force, in run.json (settings.go, for the keys of Job itself).
type Job struct {
	Name     string // also the folder of the publications
	AsOf     AsOf
	Timezone string // as the time zone database names it
	Currency string // ISO 4217; empty: not said
	Rates    string // CSV with what one unit of a currency is worth in the job's; empty: none
	Sources  []Source
	Identity *Identity // nil: an id is a person
	// Hierarchy is what becomes of accounts that stand below others; nil: not said.
	Hierarchy *Hierarchy
	Consent   *consent.Rule // nil: everybody may be on lists
	RFM       *RFM          // nil: off
	CLV       *CLV          // nil: off
	Stages    *Stages       // nil: off
	Tiers     *Tiers        // nil: off, the default
	Guard     *Guard        // nil: off, the default
	Referral  *Referral     // nil: not said; see Job.Referrals
	Pyramid   *Pyramid      // nil: off
	// Activation is whom the shop contacts; nil: off, the default.
	Activation *Activation
	Quality    quality.Rules
	Output     Output
	Feeds      []Feed // nil: none, the default
	Engine     Engine
	Cache      *Cache // nil: off, the default

	// Dir is the folder of the job file: relative paths start there.
	Dir string
	// Location is Timezone, loaded.
	Location *time.Location
}

// Source is one set of export files that share their columns.
type Source struct {
	Name    string  `json:"name,omitempty"`   // as customers has it; empty: the path
	Path    string  `json:"path,omitempty"`   // file, glob or directory, as written; of a table, its name
	Table   string  `json:"table,omitempty"`  // of the cluster's catalogue; empty: files
	Format  Format  `json:"format,omitempty"` // empty: by extension
	Columns Columns `json:"columns"`
	Records string  `json:"records,omitempty"` // where in JSON the list of rows stands; empty: found
	Sheet   string  `json:"sheet,omitempty"`   // of a workbook; empty: the only one with rows
	Join    []Join  `json:"join,omitempty"`    // files whose columns stand beside the source's own
	// Timezone is the zone of times that name no zone; empty: the job's.
	Timezone string `json:"timezone,omitempty"`
	Where    string `json:"where,omitempty"`   // SQL condition: rows that do not match are set aside
	Returns  string `json:"returns,omitempty"` // SQL condition: rows that are returns
	// Encoding is that of text files, as package charset names it.
	Encoding string `json:"encoding"`
	// FillDown are columns of an order that its lines leave blank after the first.
	FillDown []string `json:"fill_down,omitempty"`
	// Malformed is the share of a file's lines, at most, that may be malformed.
	Malformed float64 `json:"malformed"`
	// Duplicates says what to do about rows that stand in several files.
	Duplicates DuplicateRule `json:"duplicates"`
	// Numbers says how numbers are written.
	Numbers Numbers `json:"numbers"`
	// Dates says how times are written.
	Dates Dates `json:"dates"`
	LineRules

	// above is where its keys stand in a source, where it is a join's.
	above string
	// root is where it stands in the job file, where it is no item of sources.
	root string
	// At is where the source stands in the job file, for messages about it.
	At Position `json:"-"`
	// places holds where each of its values stands; see Position.
	places map[string]Position
	// comments holds what stands behind them as a comment; see CommentBehind.
	comments map[string]string
}

// Format is how an export is stored.
type Format string

// The formats an export may have.
const (
	CSV     Format = "csv"
	Parquet Format = "parquet"
	JSON    Format = "json"
	XLSX    Format = "xlsx"
	Arrow   Format = "arrow"
)

// Formats are all of them.
var Formats = []Format{CSV, Parquet, JSON, XLSX, Arrow}

// DuplicateRule is what becomes of rows of one file that stand in another file
// of the source too.
type DuplicateRule string

// The rules about duplicates.
const (
	WarnOfDuplicates DuplicateRule = "warn" // they count, and the night says how many there are
	DropDuplicates   DuplicateRule = "drop" // they are set aside
	KeepDuplicates   DuplicateRule = "keep" // they are not looked for
)

// Columns maps our columns to the export's: each is a column name or a SQL
// expression over the export's columns. Empty means not mapped.
type Columns struct {
	Customer   string            `json:"customer"`
	Order      string            `json:"order,omitempty"`
	Time       string            `json:"time"`
	Clock      string            `json:"-"` // where time is a list of two, a date and a clock
	Amount     string            `json:"amount"`
	Product    string            `json:"product,omitempty"`
	Category   string            `json:"category,omitempty"`
	Quantity   string            `json:"quantity,omitempty"`
	Channel    string            `json:"channel,omitempty"`
	Region     string            `json:"region,omitempty"`
	Cost       string            `json:"cost,omitempty"`
	ListPrice  string            `json:"list_price,omitempty"` // what the row would cost by the list
	Currency   string            `json:"currency,omitempty"`   // of the row's amounts
	Referrer   string            `json:"referrer,omitempty"`
	Parent     string            `json:"parent,omitempty"` // the account above the customer
	Consent    string            `json:"consent,omitempty"`
	Provenance string            `json:"provenance,omitempty"`
	Keys       map[string]string `json:"keys,omitempty"` // of identity
	Attributes map[string]string `json:"attributes,omitempty"`
	ReturnColumns
}

// RefitRule is when cut points are fitted anew.
type RefitRule string

// The refit rules.
const (
	RefitNever   RefitRule = "never"
	RefitMonthly RefitRule = "monthly"
	RefitAlways  RefitRule = "always"
)

// CLV says how lifetime value is modelled and priced.
type CLV struct {
	Model        string    `json:"model"`         // AutoModel or a model of clv
	Choose       RefitRule `json:"choose"`        // when AutoModel chooses anew
	Unit         Unit      `json:"unit"`          // of x, t_x, t
	Horizon      Span      `json:"horizon"`       // All: forever
	DiscountRate float64   `json:"discount_rate"` // per year, effective
	Margin       float64   `json:"margin"`        // share of spend that is profit
	// ReferralShare is how much of what a referred customer is worth goes to who brought them.
	ReferralShare ReferralShare `json:"referral_share,omitzero"`
	Costs         Costs         `json:"costs"`
}

// ReferralShare is a share of what a customer is worth. All of it, the default, is left out
// of the settings in force: jobs without referrers need not know of it.
type ReferralShare float64

// IsZero tells whether the share is left out.
func (s ReferralShare) IsZero() bool { return s == 1 }

// AutoModel is the word for the model that a backtest chooses.
const AutoModel = "auto"

// Costs are what a customer costs, in the job's currency.
type Costs struct {
	Acquisition  Acquisition `json:"acquisition"`    // once, at the first purchase
	PerOrder     float64     `json:"per_order"`      // each order
	PerYearAlive float64     `json:"per_year_alive"` // each year the relationship lives
}

// Output says where and how results are written.
type Output struct {
	Dir      string   `json:"dir"`
	Formats  []string `json:"formats"`  // parquet, csv
	Language string   `json:"language"` // en, zh
	CSV      string   `json:"csv"`      // MachineCSV, SpreadsheetCSV
	Rejects  string   `json:"rejects"`  // FaultyRejects, AllRejects
	RankBy   RankBy   `json:"rank_by"`
	Columns  []string `json:"columns,omitempty"` // of customers.csv, in their order; nil: all
	// Purchases tells whether the purchase days of each customer are published.
	Purchases bool `json:"purchases"`
	// Report tells whether the page of the night is written.
	Report bool `json:"report"`
	// Keep is how many nights are kept.
	Keep Nights `json:"keep,omitempty"`
	// Table is a name in the catalogue of the cluster under which customers are shown there;
	// empty: they are not.
	Table string `json:"table,omitempty"`
}

// RankBy is the column of customers by which they are ranked.
type RankBy string

// The columns to rank by.
const (
	RankByCLV    RankBy = "clv" // net spend where clv is off
	RankByFuture RankBy = "future_value"
	RankByRisk   RankBy = "value_at_risk"
)

// Whom the CSV files of a publication are written for.
const (
	MachineCSV     = "machine"     // text as it is, so that ids join
	SpreadsheetCSV = "spreadsheet" // text that a spreadsheet would run or change is guarded
)

// Which of the rows set aside rejects.csv lists.
const (
	FaultyRejects = "faults" // all but those that `where` leaves out, which are counted
	AllRejects    = "all"
)
