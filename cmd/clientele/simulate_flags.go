package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"clientele/simulate"
)

// settle lays the flags that were given over the preset. The complaints are
// about what the flags could not be read as; whether the settings make sense
// is for [simulate.Options.Validate].
func (o simulateOptions) settle(cmd *cobra.Command) (simulate.Options, error) {
	base, err := simulate.Preset(o.preset)
	if err != nil {
		return base, err
	}
	flags := cmd.Flags()
	o.layPlain(flags, &base)
	wrong := o.layDays(flags, &base)
	wrong = append(wrong, o.layParams(flags, &base)...)
	wrong = append(wrong, o.laySpend(&base)...)
	wrong = append(wrong, o.campaigns.layCampaigns(&base)...)
	if len(wrong) > 0 {
		return base, usageError{cmd, errors.Join(wrong...)}
	}
	return base, nil
}

// layPlain lays the flags that are options as they stand.
func (o simulateOptions) layPlain(flags *pflag.FlagSet, base *simulate.Options) {
	given := o.o
	for name, lay := range map[string]func(){
		"customers":        func() { base.Customers = given.Customers },
		"accounts":         func() { base.Accounts = given.Accounts },
		"acquisition-days": func() { base.AcquisitionDays = given.AcquisitionDays },
		"model":            func() { base.Model = given.Model },
		"unit":             func() { base.Unit = given.Unit },
		"lines":            func() { base.Lines = given.Lines },
		"categories":       func() { base.Categories = given.Categories },
		"channels":         func() { base.Channels = given.Channels },
		"regions":          func() { base.Regions = given.Regions },
		"products":         func() { base.Products = given.Products },
		"returns":          func() { base.ReturnShare = given.ReturnShare },
		"mess":             func() { base.Mess = given.Mess },
		"seed":             func() { base.Seed = given.Seed },
		"sort-by-time":     func() { base.SortByTime = given.SortByTime },
	} {
		if flags.Changed(name) {
			lay()
		}
	}
}

// layDays lays the first and the last day.
func (o simulateOptions) layDays(flags *pflag.FlagSet, base *simulate.Options) []error {
	var wrong []error
	lay := func(flag, text string, into *time.Time) {
		if d, err := time.Parse(time.DateOnly, text); err != nil {
			wrong = append(wrong, fmt.Errorf("--%s: %q is not a date such as 2026-06-30", flag, text))
		} else if flags.Changed(flag) {
			*into = d
		}
	}
	lay("start", o.start, &base.Start)
	lay("end", o.end, &base.End)
	if !flags.Changed("acquisition-days") {
		// The preset's are for its own time, which may be longer.
		const day = 24 * time.Hour
		base.AcquisitionDays = min(base.AcquisitionDays, max(0, int(base.End.Sub(base.Start)/day)+1))
	}
	return wrong
}

// layParams lays the model's parameters, all or none: those of the preset
// would be of its own model.
func (o simulateOptions) layParams(flags *pflag.FlagSet, base *simulate.Options) []error {
	if !flags.Changed("params") {
		return nil
	}
	var wrong []error
	base.Params = map[string]float64{}
	for _, name := range slices.Sorted(maps.Keys(o.params)) {
		base.Params[name] = parameter("params", name, o.params[name], &wrong)
	}
	return wrong
}

// laySpend lays single parameters of the model of spend.
func (o simulateOptions) laySpend(base *simulate.Options) []error {
	var wrong []error
	for _, name := range slices.Sorted(maps.Keys(o.spend)) {
		v := parameter("spend", name, o.spend[name], &wrong)
		switch name {
		case "p":
			base.Spend.P = v
		case "q":
			base.Spend.Q = v
		case "gamma":
			base.Spend.Gamma = v
		default:
			wrong = append(wrong, fmt.Errorf("--spend: unknown parameter %q; expected p, q and gamma", name))
		}
	}
	return wrong
}

// parameter reads a number and adds to wrong what is none.
func parameter(flag, name, text string, wrong *[]error) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		*wrong = append(*wrong, fmt.Errorf("--%s: %s: %q is not a number", flag, name, text))
	}
	return v
}
