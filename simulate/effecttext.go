package simulate

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseEffect reads an effect as a person writes it:
//
//	win-back: +0.2                                 a contact adds 0.2 purchases, on average
//	win-back: +20%                                 own purchases in the window grow by a fifth
//	win-back: -30% for region=North, buyer=heavy   three of ten are taken away, from these customers
func ParseEffect(text string) (Effect, error) {
	campaign, rest, found := strings.Cut(text, ":")
	e := Effect{Campaign: strings.TrimSpace(campaign)}
	if !found || e.Campaign == "" {
		return e, fmt.Errorf("effect %q: no campaign; write it as in \"win-back: +0.2\"", text)
	}
	amount, of, some := strings.Cut(rest, " for ")
	if err := e.parseAmount(strings.TrimSpace(amount)); err != nil {
		return e, fmt.Errorf("effect %q: %w", text, err)
	}
	if some {
		if err := e.Stratum.parse(of); err != nil {
			return e, fmt.Errorf("effect %q: %w", text, err)
		}
	}
	return e, nil
}

// parseAmount reads a number of purchases, or a share of the customer's own.
func (e *Effect) parseAmount(text string) error {
	number, share := strings.CutSuffix(text, "%")
	v, err := strconv.ParseFloat(number, 64)
	if err != nil {
		return fmt.Errorf("%q is no amount; write purchases such as +0.2, or a share of the customer's own such as -30%%", text)
	}
	if share {
		e.Share = v / 100
		return nil
	}
	e.Purchases = v
	return nil
}

// parse reads name=value, separated by commas.
func (s *Stratum) parse(text string) error {
	for condition := range strings.SplitSeq(text, ",") {
		name, value, _ := strings.Cut(condition, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		part := s.part(name)
		if part == nil {
			return fmt.Errorf("%q is no property of a customer; choose one of %s", name, strings.Join(stratumNames(), ", "))
		}
		if value == "" {
			return fmt.Errorf("%s: no value; write %s=VALUE", name, name)
		}
		*part = value
	}
	return nil
}

// part is the part of a stratum with a name; nil where none has it.
func (s *Stratum) part(name string) *string {
	for _, p := range s.parts() {
		if p.name == name {
			return p.value
		}
	}
	return nil
}

// stratumNames are the names of the parts of a stratum.
func stratumNames() []string {
	var names []string
	for _, p := range new(Stratum).parts() {
		names = append(names, p.name)
	}
	return names
}

// String is the effect as ParseEffect reads it; empty where there is none.
func (e Effect) String() string {
	if e.Purchases == 0 && e.Share == 0 {
		return ""
	}
	text := fmt.Sprintf("%+g", e.Purchases)
	if e.Share != 0 {
		text = fmt.Sprintf("%+g%%", 100*e.Share)
	}
	var of []string
	for _, p := range e.Stratum.parts() {
		if *p.value != "" {
			of = append(of, p.name+"="+*p.value)
		}
	}
	if len(of) > 0 {
		text += " for " + strings.Join(of, ", ")
	}
	return e.Campaign + ": " + text
}
