package main

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"clientele/analytics/publication"
	"clientele/analytics/publish"
	"clientele/analytics/report"
	"clientele/internal/concurrent"
)

// reportFile is where `clientele report` writes unless it is told.
const reportFile = "report.html"

func newReportCmd(s streams) *cobra.Command {
	output, language := "", ""
	cmd := &cobra.Command{
		Use:   "report PUBLICATION",
		Short: "Write the page of a publication, report.html, again",
		Long: `Write the page of a publication: one file that opens in any browser without a network,
on a phone, at a desk or on paper. It has the night in five sentences, customer
equity, who is slipping, stages, segments, tiers, lost interests, how good the
forecasts are, and what became of the rows.

PUBLICATION is the folder of a night, or the latest beside it. The publication itself
stays as it is, for its run.json has the sum of each of its files: the page goes to
report.html in the folder in which the command runs, or to the file of -o. It is in
the language of the job (output.language) or of --language, and compares with the
publication that this one follows, if that is still there. Reasons and warnings stay
in the language in which they were published.`,
		Example: `  clientele report out/shop/latest
  clientele report out/shop/2026-06-30 -o june.html
  clientele report out/shop/latest --language zh
  clientele report out/shop/latest -o - | gzip > june.html.gz`,
		Args: takes("PUBLICATION"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if output == "" {
				return usageError{cmd, errors.New("-o: no file is named; - is standard output")}
			}
			if err := checkLanguage(cmd, language); err != nil {
				return err
			}
			err := concurrent.Until(cmd.Context(), func() error {
				return writeReport(s, args[0], output, report.Options{Language: language})
			})
			if wrong, ok := errors.AsType[placeError](err); ok {
				return usageError{cmd, wrong}
			}
			return err
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", reportFile, "the file to write; - is standard output")
	cmd.Flags().StringVar(&language, "language", "", "en or zh; default: that of the publication")
	completes(cmd, "language", completeWords(languages...))
	return cmd
}

func writeReport(s streams, arg, output string, o report.Options) error {
	path, err := locate(arg, arg)
	if err != nil {
		return err
	}
	night, err := publication.Open(path)
	if err != nil {
		return err
	}
	before, err := night.OpenFollowed()
	if err != nil {
		return fmt.Errorf("the night before: %w", err)
	}
	if output == "-" {
		output = ""
	} else if has(filepath.Dir(output), publish.ManifestFile) {
		return noPlace("%s would be written into a publication, which stays as it was published; name another place with -o FILE", output)
	}
	return writeTo(output, s.out, func(w io.Writer) error { return report.Write(w, night, before, o) })
}
