package job

import (
	"encoding/json"

	"clientele/analytics/consent"
	"clientele/segment/quality"
)

// off is how the settings in force show a stage that does not run.
const off = "off"

// MarshalJSON gives the settings in force: the contract's keys in the order of
// the job file, every default filled in, as_of resolved, stages that are off
// as "off". The result is itself a valid job file.
func (j Job) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Name     string        `json:"name"`
		AsOf     AsOf          `json:"as_of"`
		Timezone string        `json:"timezone"`
		Currency string        `json:"currency,omitempty"`
		Rates    string        `json:"rates,omitempty"`
		Sources  []Source      `json:"sources"`
		Identity *Identity     `json:"identity,omitempty"`
		Accounts *Hierarchy    `json:"hierarchy,omitempty"`
		Consent  *consent.Rule `json:"consent,omitempty"`
		RFM      any           `json:"rfm"`
		CLV      any           `json:"clv"`
		Stages   any           `json:"stages"`
		Tiers    any           `json:"tiers"`
		Guard    any           `json:"guard"`
		Pyramid  any           `json:"pyramid"`
		Referral *Referral     `json:"referral,omitempty"`
		// Left out where it is off: most jobs need not know of it.
		Activation *Activation   `json:"activation,omitempty"`
		Quality    quality.Rules `json:"quality"`
		Output     Output        `json:"output"`
		Feeds      []Feed        `json:"feeds,omitempty"`
		Engine     Engine        `json:"engine"`
		// Left out where it cannot matter to what is published.
		Cache *Cache `json:"cache,omitempty"`
	}{
		j.Name, j.AsOf, j.Timezone, j.Currency, j.Rates, j.Sources, j.Identity, j.Hierarchy, j.Consent,
		orOff(j.RFM), orOff(j.CLV), orOff(j.Stages), orOff(j.Tiers), orOff(j.Guard), orOff(j.Pyramid), j.Referral,
		j.Activation, j.Quality, j.Output, j.Feeds, j.Engine, j.Cache.shown(),
	})
}

// orOff is the settings of a stage, or the word off where it has none.
func orOff[T any](stage *T) any {
	if stage == nil {
		return off
	}
	return stage
}

// MarshalJSON gives the rule under its keys, or the word off.
func (r InterestRule) MarshalJSON() ([]byte, error) {
	if r.Off {
		return json.Marshal(off)
	}
	return json.Marshal(struct {
		Window           Span    `json:"window"`
		Recent           float64 `json:"recent"`
		FalseDiscoveries float64 `json:"false_discoveries"`
		ShareRatio       float64 `json:"share_ratio"`
	}{r.Window, r.Recent, r.FalseDiscoveries, r.ShareRatio})
}
