package wording

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path"
	"strings"
)

//go:embed en/*.json zh/*.json
var files embed.FS

// Languages are the codes of those that there is a catalogue of.
var Languages = []string{"en", "zh"}

// catalogues are read once. A catalogue that does not read is a fault of the
// program, which its tests find.
var catalogues = map[string]map[string]entry{"en": mustRead("en"), "zh": mustRead("zh")}

// entry is a text, cut at its names. Its form may depend on a number.
type entry struct {
	by    string // the number that decides; empty: there is only other
	one   []part
	other []part
}

// part is a piece of a text: text, or the name of a value.
type part struct {
	text string
	name string
}

func mustRead(language string) map[string]entry {
	all := map[string]entry{}
	names, err := files.ReadDir(language)
	if err != nil {
		panic(err)
	}
	for _, f := range names {
		entries, err := readTopic(path.Join(language, f.Name()))
		if err != nil {
			panic(err)
		}
		maps.Copy(all, entries)
	}
	return all
}

// readTopic reads the entries of one file.
func readTopic(name string) (map[string]entry, error) {
	b, err := files.ReadFile(name)
	if err != nil {
		return nil, err
	}
	var texts map[string]json.RawMessage
	if err := json.Unmarshal(b, &texts); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	entries := make(map[string]entry, len(texts))
	topic := strings.TrimSuffix(path.Base(name), ".json")
	for key, text := range texts {
		if !strings.HasPrefix(key, topic+".") {
			return nil, fmt.Errorf("%s: the key %s does not begin with %s., its topic", name, key, topic)
		}
		if entries[key], err = parse(text); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", name, key, err)
		}
	}
	return entries, nil
}

// parse reads an entry: a text, or one text for one and another for all else.
func parse(text json.RawMessage) (entry, error) {
	var plain string
	if json.Unmarshal(text, &plain) == nil {
		other, err := cut(plain)
		return entry{other: other}, err
	}
	var forms struct {
		By, One, Other string
	}
	if err := json.Unmarshal(text, &forms); err != nil {
		return entry{}, err
	}
	if forms.By == "" || forms.One == "" || forms.Other == "" {
		return entry{}, errors.New("a text with forms has by, one and other")
	}
	one, err := cut(forms.One)
	if err != nil {
		return entry{}, err
	}
	other, err := cut(forms.Other)
	return entry{by: forms.By, one: one, other: other}, err
}

// cut cuts a text at the names in braces.
func cut(text string) ([]part, error) {
	var parts []part
	for text != "" {
		before, rest, open := strings.Cut(text, "{")
		if before != "" {
			parts = append(parts, part{text: before})
		}
		if !open {
			break
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return nil, fmt.Errorf("a brace is open or empty in %q", text)
		}
		parts = append(parts, part{name: name})
		text = after
	}
	return parts, nil
}
