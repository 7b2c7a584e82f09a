package publication

import (
	"regexp"
	"time"
)

// Manifest is run.json: what was read, what became of it, and what was published.
// Amounts are decimal texts, so that nothing rounds them.
type Manifest struct {
	RunID    string        `json:"run_id"` // the same for the same inputs, settings, versions and night before
	Name     string        `json:"name"`   // of the job
	AsOf     string        `json:"as_of"`  // the night
	Settings Settings      `json:"settings"`
	Inputs   []Input       `json:"inputs"`
	Rows     Fates[int64]  `json:"rows"`
	Money    MoneyFates    `json:"money"`
	Sources  []SourceFates `json:"sources"`
	// Currencies are the rows used by currency, where sources map it.
	Currencies []CurrencyFates `json:"currencies,omitempty"`

	Returns     Returns     `json:"returns"`
	Anonymous   Returned    `json:"anonymous"` // rows without a customer
	ReturnsOnly ReturnsOnly `json:"returns_only"`
	FirstDay    string      `json:"first_day"`  // of the exports
	NewestDay   string      `json:"newest_day"` // of the exports

	Customers     int64           `json:"customers"`
	Identity      *Identity       `json:"identity,omitempty"`          // not there where the job does not join ids
	Equity        *Equity         `json:"equity"`                      // null without a lifetime model
	PastValue     *string         `json:"past_value"`                  // null where clv is off
	Margin        *float64        `json:"margin,omitempty"`            // share of spend that is profit; not there where the job file says it, or clv is off
	Spend         *FileBeside     `json:"acquisition_spend,omitempty"` // the file of it; not there where the job has none
	Model         *Model          `json:"model"`                       // null where clv is off
	Segments      []Group         `json:"segments"`
	Drift         *Drift          `json:"drift"`         // null where rfm is off
	Concentration *Concentration  `json:"concentration"` // null where pyramid is off
	Tiers         *TierCounts     `json:"tiers"`         // null where the programme is off
	Declines      []Decline       `json:"declines"`
	Revenue       *Revenue        `json:"revenue,omitempty"`    // not there in nights of versions that did not have it
	Hierarchy     *Hierarchy      `json:"hierarchy,omitempty"`  // not there where no source maps parents
	Referrals     *Referrals      `json:"referrals,omitempty"`  // not there where no source maps referrers, or clv is off
	Consent       *Consent        `json:"consent,omitempty"`    // not there where everybody may be on lists
	Activation    *Activation     `json:"activation,omitempty"` // not there where it is off
	Churn         *ChurnBands     `json:"churn"`                // null without a lifetime model
	AtRisk        *AtRiskTotal    `json:"at_risk"`              // null without stages or a lifetime model
	Audit         []AuditedNight  `json:"audit"`                // what earlier publications said, and what came of it
	Anchor        *Anchor         `json:"anchor"`               // null where no stage makes groups
	Interests     *InterestCounts `json:"interests"`            // null where they are off, or no category or product is mapped
	Warnings      []string        `json:"warnings"`

	Files    []File             `json:"files"`
	Versions map[string]string  `json:"versions"`
	Timings  map[string]float64 `json:"timings"`  // seconds by step of the run
	Previous *PreviousNight     `json:"previous"` // null: there is none
	// Checksum is that of the manifest itself, timings and this line left out; empty: of
	// a version that had none.
	Checksum string `json:"manifest_sha256"`
}

// PreviousNight names the publication that this one follows.
type PreviousNight struct {
	AsOf  string `json:"as_of"`
	RunID string `json:"run_id"`
}

// Version is that of the program that published.
func (m *Manifest) Version() string {
	if v := m.Versions["clientele"]; versionText.MatchString(v) {
		return v
	}
	return "of an unknown version"
}

// versionText is what a version looks like: it is printed.
var versionText = regexp.MustCompile(`^[0-9A-Za-z.+-]{1,64}$`)

// Day is the night.
func (m *Manifest) Day() time.Time {
	day, err := time.Parse(time.DateOnly, m.AsOf)
	if err != nil {
		panic("publication: as_of was not checked: " + err.Error())
	}
	return day
}

// Lists gives the file as the manifest has it.
func (m *Manifest) Lists(file string) (File, bool) {
	for _, f := range m.Files {
		if f.Path == file {
			return f, true
		}
	}
	return File{}, false
}
