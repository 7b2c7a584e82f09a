package main

import (
	"io"

	"github.com/spf13/cobra"

	"clientele/analytics/job"
)

func newSchemaCmd(s streams) *cobra.Command {
	var output string
	cmd := &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of the job file",
		Long: `Print the JSON Schema of the job file, with which an editor completes keys, shows what
they mean and marks what is wrong. For the YAML plug-in of most editors write the
schema to a file beside the job file, and this as the first line of the job file:

  # yaml-language-server: $schema=job.schema.json`,
		Example: `  clientele schema -o job.schema.json`,
		Args:    takes(),
		RunE: func(*cobra.Command, []string) error {
			return writeTo(output, s.out, func(w io.Writer) error {
				_, err := w.Write(job.Schema)
				return err
			})
		},
	}
	cmd.Flags().StringVarP(&output, "output", "o", "", "the file to write; default: standard output")
	return cmd
}
