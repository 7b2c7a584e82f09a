package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"clientele/analytics/job"
	"clientele/analytics/pictures"
	"clientele/analytics/publication"
	"clientele/internal/chart"
	"clientele/internal/concurrent"
)

// plotOptions are what `clientele plot` is given.
type plotOptions struct {
	streams
	night, name string
	output      string
	customer    string
	language    string
	width       float64
	table       bool
}

func newPlotCmd(s streams) *cobra.Command {
	o := plotOptions{streams: s}
	cmd := &cobra.Command{
		Use:   "plot PUBLICATION [NAME]",
		Short: "Draw one picture of a publication, or list the pictures",
		Long: `Draw one picture of a publication as SVG or PNG, by the ending of the file's name. An
SVG needs no script, no font and no network, and turns dark where the reader's screen
is. With --table the numbers behind the picture are written beside it, as CSV under
the same name; without -o they are all that is written, to standard output.

Without NAME the pictures are listed, with what those need that this publication
cannot have. docs/pictures.md says what each shows and how to read it.`,
		Example: `  clientele plot out/shop/latest
  clientele plot out/shop/latest value-curve -o value.svg
  clientele plot out/shop/latest p-alive -o p-alive.png --width 480 --table
  clientele plot out/shop/latest customer --customer C0000398 -o customer.svg`,
		Args: takesPicture,
		RunE: func(cmd *cobra.Command, args []string) error {
			o.night = args[0]
			if len(args) > 1 {
				o.name = args[1]
			}
			if err := o.validate(); err != nil {
				return usageError{cmd, err}
			}
			err := concurrent.Until(cmd.Context(), func() error { return runPlot(o) })
			if asked := plotQuestion(err); asked != nil {
				return usageError{cmd, asked}
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVarP(&o.output, "output", "o", "", "the file to write: FILE.svg or FILE.png")
	flags.StringVar(&o.customer, "customer", "", "of the picture of one customer: the id")
	flags.StringVar(&o.language, "language", "", "en or zh (default: the job's)")
	flags.Float64Var(&o.width, "width", chart.Desk.Width, "of the picture in pixels of a page, without its margin of 16, from 240 to 2000")
	flags.BoolVar(&o.table, "table", false, "write the numbers behind the picture, as CSV")
	cmd.ValidArgsFunction = completePicture
	completes(cmd, "output", cobra.FixedCompletions([]cobra.Completion{"svg", "png"}, cobra.ShellCompDirectiveFilterFileExt))
	completes(cmd, "language", completeWords(languages...))
	return cmd
}

// completePicture completes the folder of a publication, then the name of a picture.
func completePicture(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
	switch len(args) {
	case 0:
		return nil, cobra.ShellCompDirectiveFilterDirs
	case 1:
		return pictures.Names(), cobra.ShellCompDirectiveNoFileComp
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}

// takesPicture checks the arguments: the name may be left out.
func takesPicture(cmd *cobra.Command, args []string) error {
	if len(args) > 1 {
		return takes("PUBLICATION", "NAME")(cmd, args)
	}
	return takes("PUBLICATION")(cmd, args)
}

func (o plotOptions) validate() error {
	ending := strings.ToLower(filepath.Ext(o.output))
	const least, most = 240, 2000
	switch {
	case o.name == "":
		if o.output != "" || o.table || o.customer != "" {
			return fmt.Errorf("NAME is missing; the pictures are %s", strings.Join(pictures.Names(), ", "))
		}
	case !slices.Contains(pictures.Names(), o.name):
		if near, ok := job.Nearest(o.name, pictures.Names()); ok {
			return fmt.Errorf("there is no picture %q; did you mean %q?", o.name, near)
		}
		return &pictures.Unknown{Name: o.name}
	case o.output == "" && !o.table:
		return errors.New("-o: no file is named; name FILE.svg or FILE.png, or give --table for the numbers alone")
	case o.output != "" && !slices.Contains(chart.Formats, ending):
		return fmt.Errorf("-o: %q ends in neither of %s", o.output, strings.Join(chart.Formats, ", "))
	case (o.customer != "") != (o.name == pictures.Customer):
		return fmt.Errorf("--customer belongs to the picture %s, which needs it", pictures.Customer)
	}
	if o.language != "" && !slices.Contains(languages, o.language) {
		return fmt.Errorf("--language: %q is not one of %s", o.language, strings.Join(languages, ", "))
	}
	if !(o.width >= least && o.width <= most) {
		return fmt.Errorf("--width: %v is not a number from %d to %d", o.width, least, most)
	}
	return nil
}

// plotQuestion is the error of a command line that asks for what is not there; nil: the
// error is another.
func plotQuestion(err error) error {
	if wrong, ok := errors.AsType[placeError](err); ok {
		return wrong
	}
	if missing, ok := errors.AsType[*pictures.Missing](err); ok {
		return missing
	}
	return nil
}

func runPlot(o plotOptions) error {
	path, err := locate(o.night, o.night)
	if err != nil {
		return err
	}
	night, err := publication.Open(path)
	if err != nil {
		return err
	}
	// Most pictures do not compare: they are drawn where the night before is damaged too.
	before, damage := night.OpenFollowed()
	album, err := pictures.Open(night, before, pictures.Options{Language: o.language, Customer: o.customer, Unreadable: damage})
	if err != nil {
		return err
	}
	if o.name == "" {
		return listPictures(o, album)
	}
	picture, err := album.Picture(o.name)
	if err != nil {
		return err
	}
	return writePicture(o, picture)
}

func writePicture(o plotOptions, picture pictures.Picture) error {
	if o.output == "" {
		return picture.Table.WriteCSV(o.out)
	}
	ending := filepath.Ext(o.output)
	err := writeTo(o.output, o.out, func(w io.Writer) error {
		_, err := chart.Write(w, picture.Figure, chart.Size{Width: o.width}, ending)
		return err
	})
	if err != nil || !o.table {
		return err
	}
	return writeTo(strings.TrimSuffix(o.output, ending)+".csv", o.out, picture.Table.WriteCSV)
}

// listPictures prints the name of each picture, what it is, and what it lacks.
func listPictures(o plotOptions, album *pictures.Album) error {
	p := &printer{w: o.out, in: album.Say()}
	var rows [][]any
	for _, name := range pictures.Names() {
		err := album.Lacks(name)
		lacks := ""
		if missing, ok := errors.AsType[*pictures.Missing](err); ok {
			lacks = missing.Needs
		} else if damage, ok := errors.AsType[*pictures.BeforeError](err); ok {
			lacks = damage.Error()
		} else if err != nil {
			return err
		}
		rows = append(rows, []any{name, album.Title(name), lacks})
	}
	p.table([]any{p.in.Say("pictures.head.name"), p.in.Say("pictures.head.shows"), p.in.Say("pictures.head.lacks")}, rows)
	return p.err
}
