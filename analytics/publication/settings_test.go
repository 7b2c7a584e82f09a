package publication

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSettingsAreKeptAsTheyAre(t *testing.T) {
	s, err := SettingsOf(map[string]any{"where": "a < b & c", "margin": json.Number("0.10")})
	require.NoError(t, err)
	require.Equal(t, `{"margin":0.10,"where":"a < b & c"}`, string(s)) //nolint:testifylint // as it was written
	text, err := json.Marshal(struct{ Settings Settings }{s})
	require.NoError(t, err)
	var back struct{ Settings Settings }
	require.NoError(t, json.Unmarshal(text, &back))
	require.JSONEq(t, string(s), string(back.Settings))
	require.NoError(t, json.Unmarshal([]byte(`{"Settings": null}`), &back))
	require.Nil(t, back.Settings)
}

func TestSectionsOfSettings(t *testing.T) {
	s := Settings(`{"rfm": {"bins": 5}, "clv": "off", "tiers": null}`)
	section, on, err := s.Section("rfm")
	require.NoError(t, err)
	require.True(t, on)
	require.JSONEq(t, `{"bins": 5}`, string(section))
	for _, key := range []string{"clv", "tiers", "stages"} {
		_, on, err = s.Section(key)
		require.NoError(t, err)
		require.False(t, on, key)
	}
	_, _, err = Settings(`[]`).Section("rfm")
	require.ErrorContains(t, err, "settings: ")
}

// What a customer, an order, a day or an amount is follows from these settings, and
// from no others.
func TestMeaningOfRecords(t *testing.T) {
	const text = `{"timezone": "UTC", "currency": "GBP", "rfm": {"bins": 5}, "stages": {"formation": 3},
		"sources": [{"path": "a.csv", "columns": {"customer": "id", "order": "no", "time": "at", "amount": "price", "channel": "shop"}, "where": "x", "returns": "y", "timezone": "CET"}]}`
	meaning := func(change func(job, source map[string]any)) string {
		var job map[string]any
		require.NoError(t, json.Unmarshal([]byte(text), &job))
		change(job, job["sources"].([]any)[0].(map[string]any))
		s, err := SettingsOf(job)
		require.NoError(t, err)
		m, err := s.RecordMeaning()
		require.NoError(t, err)
		return string(m)
	}
	same := meaning(func(_, _ map[string]any) {})
	for name, change := range map[string]func(job, source map[string]any){
		"timezone": func(job, _ map[string]any) { job["timezone"] = "CET" },
		"currency": func(job, _ map[string]any) { job["currency"] = "EUR" },
		"customer": func(_, s map[string]any) { s["columns"].(map[string]any)["customer"] = "other" },
		"order":    func(_, s map[string]any) { s["columns"].(map[string]any)["order"] = "other" },
		"time":     func(_, s map[string]any) { s["columns"].(map[string]any)["time"] = "other" },
		"amount":   func(_, s map[string]any) { s["columns"].(map[string]any)["amount"] = "other" },
		"where":    func(_, s map[string]any) { s["where"] = "z" },
		"returns":  func(_, s map[string]any) { delete(s, "returns") },
		"zone":     func(_, s map[string]any) { s["timezone"] = "UTC" },
		"rates":    func(job, _ map[string]any) { job["rates"] = "rates.csv" },
		"totals":   func(_, s map[string]any) { s["amount_is"] = "order" },
		"copies":   func(_, s map[string]any) { s["duplicates"] = "drop" },
		"goods":    func(_, s map[string]any) { s["exclude_products"] = []string{"post"} },
		"numbers":  func(_, s map[string]any) { s["numbers"] = "1.234,56" },
		"refund":   func(_, s map[string]any) { s["columns"].(map[string]any)["refund"] = "back" },
		"identity": func(job, _ map[string]any) { job["identity"] = map[string]any{"keys": []string{"email"}} },
		"a source": func(job, s map[string]any) { job["sources"] = []any{s, s} },
	} {
		require.NotEqual(t, same, meaning(change), name)
	}
	for name, change := range map[string]func(job, source map[string]any){
		"where files lie": func(_, s map[string]any) { s["path"] = "b.csv" },
		"a label":         func(_, s map[string]any) { s["columns"].(map[string]any)["channel"] = "web" },
		"a product":       func(_, s map[string]any) { s["columns"].(map[string]any)["product"] = "sku" },
		"its own amount":  func(_, s map[string]any) { s["amount_is"] = "line" },
		"copies count":    func(_, s map[string]any) { s["duplicates"] = "keep" },
		"numbers by auto": func(_, s map[string]any) { s["numbers"] = "auto" },
		"dates by auto":   func(_, s map[string]any) { s["dates"] = "auto" },
		"scores":          func(job, _ map[string]any) { job["rfm"] = "off" },
		"stages":          func(job, _ map[string]any) { job["stages"] = "off" },
	} {
		require.Equal(t, same, meaning(change), name)
	}
	// Which product a row is about matters where returns go by it.
	of := func(product string) string {
		return meaning(func(_, s map[string]any) {
			columns := s["columns"].(map[string]any)
			columns["product"], columns["quantity"] = product, "pieces"
		})
	}
	require.NotEqual(t, of("sku"), of("name"))
}
