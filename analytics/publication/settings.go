package publication

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// Settings are a job's settings in force, as run.json has them: a job file in JSON. They
// are kept as they were written, so that those of an earlier version of the program can
// be read, and compared with tonight's.
type Settings []byte

// SettingsOf are those of a job.
func SettingsOf(job any) (Settings, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false) // as run.json is written: where: price < 10
	if err := encoder.Encode(job); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return bytes.TrimSpace(text.Bytes()), nil
}

// MarshalJSON writes the settings as they are.
func (s Settings) MarshalJSON() ([]byte, error) {
	if s == nil {
		return []byte("null"), nil
	}
	return s, nil
}

// UnmarshalJSON keeps the settings as they are.
func (s *Settings) UnmarshalJSON(text []byte) error {
	*s = nil
	if string(text) != "null" {
		*s = bytes.Clone(text)
	}
	return nil
}

// Section is what the job file has under a key; on tells whether those are the settings
// of a stage, and not the word off.
func (s Settings) Section(key string) (section json.RawMessage, on bool, err error) {
	var sections map[string]json.RawMessage
	if err := json.Unmarshal(s, &sections); err != nil {
		return nil, false, fmt.Errorf("settings: %w", err)
	}
	section = sections[key]
	return section, len(section) > 0 && section[0] == '{', nil
}

// Flat are the settings by their full key, such as tiers.levels.0.qualify.spend, each as
// the text of its value.
func (s Settings) Flat() (map[string]string, error) {
	decoder := json.NewDecoder(bytes.NewReader(s))
	decoder.UseNumber() // 0.10 is to be shown as it was written
	var tree any
	if err := decoder.Decode(&tree); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	flat := map[string]string{}
	flatten(flat, "", tree)
	return flat, nil
}

func flatten(into map[string]string, key string, value any) {
	below := func(name string) string {
		if key == "" {
			return name
		}
		return key + "." + name
	}
	switch v := value.(type) {
	case map[string]any:
		for name, sub := range v {
			flatten(into, below(name), sub)
		}
	case []any:
		for i, sub := range v {
			flatten(into, below(strconv.Itoa(i)), sub)
		}
	case nil:
	default:
		into[key] = fmt.Sprint(v)
	}
}

// ForSpreadsheets tells whether CSV files are written for spreadsheets: their texts may
// have a guard.
func (s Settings) ForSpreadsheets() bool { return s.output().CSV == "spreadsheet" }

// Language is the one that the publication is written in; English where the settings name
// none.
func (s Settings) Language() string { return s.output().Language }

// outputSettings are some of how a publication is written.
type outputSettings struct {
	Language string `json:"language"`
	CSV      string `json:"csv"`
}

// output reads them; nothing where the settings have no such section.
func (s Settings) output() (o outputSettings) {
	section, _, err := s.Section("output")
	if err != nil || json.Unmarshal(section, &o) != nil {
		return outputSettings{}
	}
	return o
}
