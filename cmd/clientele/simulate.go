package main

import (
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/spf13/cobra"

	"clientele/simulate"
	"clientele/simulate/exports"
)

// simulateOptions are what `clientele simulate` is given.
type simulateOptions struct {
	streams
	preset, format, out, truth string
	export                     string
	start, end                 string
	params, spend              map[string]string
	o                          simulate.Options // flags laid over the preset
	campaigns                  campaignFlags
}

func newSimulateCmd(s streams) *cobra.Command {
	o := simulateOptions{streams: s, o: simulate.Defaults()}
	cmd := &cobra.Command{
		Use:   "simulate",
		Short: "Make transactions from known model parameters",
		Long: `Make a transaction export whose truth is known: customers who buy and leave as a
model says, with the parameters that you give. The same flags give the same bytes.

The preset pure (the default) follows the model and nothing else; shop adds what real
exports have: returns, damaged rows, customers who stop, fade and come back. Flags
change single settings of the preset.

With --export the same kind of customers buy at a shop whose system exports as the
products do that people have: Shopify, Stripe, 淘宝 and others, byte for byte. -o is the
folder for its files then, and --truth what is true of each customer.

With --contacts the same customers are on lists of campaigns, such as a run publishes:
customer_id, campaign, channel, from, until. From the day after from up to until they buy
more or less by the planted --effect: so many purchases more for each contact (+0.2), or
a share of their own (+20%, -30%), for all or for those of whom channel, region, profile,
state (active or gone), buyer (heavy or light) or through (the channel of the contact) is
so. The first effect that fits holds. --responses is what an engine would send back, and
--outcomes what is true of each contact. Nothing else of the export changes.`,
		Example: `  clientele simulate --preset shop -o exports/shop.csv
  clientele simulate --customers 1000000 --seed 7 -o big.parquet
  clientele simulate --export shopify -o shop --truth truth.csv
  clientele simulate --contacts 'out/shop/*/lists/*.csv' --effect 'win-back: +0.2 for state=gone' \
    --effect 'win-back: -10%' --responses responses.csv -o shop.csv
  clientele simulate --model bg-nbd --unit week --params r=0.24,alpha=4.4,a=0.8,b=2.4 -o bg.csv.gz --truth truth.csv`,
		Args: takes(),
		RunE: func(cmd *cobra.Command, _ []string) error { return runSimulate(cmd, o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.preset, "preset", simulate.Pure, "settings to start from: "+strings.Join(simulate.Presets(), " or "))
	f.StringVarP(&o.out, "out", "o", "", "file to write; .gz and .zst compress (default standard output)")
	f.StringVar(&o.export, "export", "", "`kind` of a product's export: "+strings.Join(exports.Kinds(), ", "))
	completes(cmd, "export", completeWords(exports.Kinds()...))
	f.StringVar(&o.format, "format", "", "csv or parquet (default by the file's name, else csv)")
	f.StringVar(&o.truth, "truth", "", "CSV file for the truth about each customer")
	f.IntVar(&o.o.Customers, "customers", o.o.Customers, "how many customers")
	f.IntVar(&o.o.Accounts, "accounts", 0, "how many customers are accounts, below which others stand (column account)")
	f.StringVar(&o.start, "start", o.o.Start.Format(time.DateOnly), "first day")
	f.StringVar(&o.end, "end", o.o.End.Format(time.DateOnly), "last day")
	f.IntVar(&o.o.AcquisitionDays, "acquisition-days", o.o.AcquisitionDays, "days from the start over which first purchases are spread; 0: all")
	f.StringVar(&o.o.Model, "model", o.o.Model, "how customers buy and leave: "+strings.Join(simulate.Models(), ", "))
	completes(cmd, "model", completeWords(simulate.Models()...))
	f.StringVar((*string)(&o.o.Unit), "unit", string(o.o.Unit), "unit of time of the parameters: day, week or month")
	f.StringToStringVar(&o.params, "params", nil, "parameters of the model, such as r=0.8,alpha=22,s=0.7,beta=260")
	f.StringToStringVar(&o.spend, "spend", nil, "parameters of the gamma-gamma model of spend: p=6,q=4,gamma=60")
	f.Float64Var(&o.o.Lines, "lines", o.o.Lines, "mean number of lines of an order")
	f.StringSliceVar(&o.o.Categories, "categories", o.o.Categories, "categories, commonest first")
	f.StringSliceVar(&o.o.Channels, "channels", o.o.Channels, "channels, commonest first")
	f.StringSliceVar(&o.o.Regions, "regions", o.o.Regions, "regions, commonest first")
	f.IntVar(&o.o.Products, "products", o.o.Products, "products of each category")
	f.Float64Var(&o.o.ReturnShare, "returns", o.o.ReturnShare, "share of orders of which something comes back, 0 to 1")
	f.Float64Var(&o.o.Mess, "mess", o.o.Mess, "share of rows that are damaged, 0 to 1")
	f.StringArrayVar(&o.campaigns.contacts, "contacts", nil, "`pattern` of lists of contacts; may be repeated")
	f.StringArrayVar(&o.campaigns.effects, "effect", nil, "`effect` of a campaign, such as \"win-back: +0.2 for buyer=heavy\"; may be repeated")
	f.StringVar(&o.campaigns.responses, "responses", "", "CSV file for the responses to contacts")
	f.StringVar(&o.campaigns.outcomes, "outcomes", "", "CSV file for the truth about each contact")
	f.Uint64Var(&o.o.Seed, "seed", o.o.Seed, "chooses the random numbers")
	f.BoolVar(&o.o.SortByTime, "sort-by-time", o.o.SortByTime, "rows in order of time; holds them all in memory")
	return cmd
}

func runSimulate(cmd *cobra.Command, o simulateOptions) error {
	if o.export != "" {
		return simulateExport(cmd, o)
	}
	options, err := o.settle(cmd)
	if err != nil {
		return err
	}
	if options.Contacts, err = o.campaigns.readContacts(); err != nil {
		return usageError{cmd, err}
	}
	if err := options.Validate(); err != nil {
		return err
	}
	var outcomes []simulate.Outcome
	options.Outcomes = func(of simulate.Outcome) error {
		outcomes = append(outcomes, of)
		return nil
	}
	write, err := o.writer()
	if err != nil {
		return usageError{cmd, err}
	}
	var made simulate.Counts
	err = writeTo(o.out, o.streams.out, func(w io.Writer) error {
		return compressed(o.out, w, func(w io.Writer) error {
			if o.truth == "" {
				made, err = write(cmd.Context(), w, nil, options)
				return err
			}
			return writeTo(o.truth, nil, func(truth io.Writer) error {
				made, err = write(cmd.Context(), w, truth, options)
				return err
			})
		})
	})
	if err != nil {
		return err
	}
	if err := o.campaigns.writeOutcomes(outcomes); err != nil {
		return err
	}
	p := &printer{w: o.err}
	p.line("simulated %s with %s and %s: %s", counted(made.Customers, "customer"),
		counted(made.Orders, "order"), counted(made.Returns, "return"), counted(made.Rows, "row"))
	if len(outcomes) > 0 {
		p.line("%s on lists", counted(int64(len(outcomes)), "contact"))
	}
	return p.err
}

// writer chooses the format.
func (o simulateOptions) writer() (func(context.Context, io.Writer, io.Writer, simulate.Options) (simulate.Counts, error), error) {
	for _, beside := range []struct{ flag, name string }{
		{"truth", o.truth}, {"responses", o.campaigns.responses}, {"outcomes", o.campaigns.outcomes},
	} {
		if o.out != "" && o.out == beside.name {
			return nil, fmt.Errorf("--%s: %q is the file of the transactions; name another", beside.flag, beside.name)
		}
	}
	plain := strings.TrimSuffix(strings.TrimSuffix(o.out, ".gz"), ".zst")
	format := o.format
	if format == "" {
		format = strings.TrimPrefix(filepath.Ext(plain), ".")
	}
	switch format {
	case "", "csv":
		return simulate.WriteCSV, nil
	case "parquet":
		if plain != o.out {
			return nil, fmt.Errorf("--out: %q: Parquet is compressed within; leave out %s", o.out, filepath.Ext(o.out))
		}
		return simulate.WriteParquet, nil
	}
	if o.format == "" {
		return nil, fmt.Errorf("--out: %q says no format; end it in .csv or .parquet, or give --format", o.out)
	}
	return nil, fmt.Errorf("--format: %q is not csv or parquet", format)
}

// compressed writes through the compression that a file's name asks for.
func compressed(name string, w io.Writer, write func(io.Writer) error) error {
	var z io.WriteCloser
	switch filepath.Ext(name) {
	case ".gz":
		z = gzip.NewWriter(w)
	case ".zst":
		var err error
		if z, err = zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)); err != nil {
			return err
		}
	default:
		return write(w)
	}
	if err := write(z); err != nil {
		return err
	}
	return z.Close()
}
