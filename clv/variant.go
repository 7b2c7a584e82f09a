package clv

import (
	"fmt"
	"strconv"
	"strings"
)

// A variant is a model whose k is stated: mbg-cnbd-k/2 is mbg-cnbd-k with k = 2. To
// forecast, each k is a model of its own.

// SplitVariant takes a variant apart; k is 0 where none is stated. The error wraps
// ErrUnknownModel.
func SplitVariant(variant string) (name string, k int, err error) {
	name, text, stated := strings.Cut(variant, "/")
	f, err := familyOf(name)
	if err != nil || !stated {
		return name, 0, err
	}
	k, err = strconv.Atoi(text)
	if err != nil || f.at == nil || k < 1 || float64(k) > f.params[0].whole {
		return name, 0, fmt.Errorf("%w %q; expected a model of k, such as mbg-cnbd-k/2, and a k from 1 to %d", ErrUnknownModel, variant, MaxStages)
	}
	return name, k, nil
}

// Variant is the model's name, with its k where it has one.
func (m *Model) Variant() string {
	if m.family.fixed == 0 {
		return m.Name()
	}
	return fmt.Sprintf("%s/%v", m.Name(), m.family.fixedAt[0])
}

// FitVariant fits a variant; see FitModelWith.
func FitVariant(variant string, p Panel, o FitOptions) (Fit, error) {
	name, k, err := SplitVariant(variant)
	if err != nil {
		return Fit{}, err
	}
	o.K = k
	return FitModelWith(name, p, o)
}
