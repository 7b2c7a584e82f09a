package draft_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"clientele/analytics/draft"
	"clientele/analytics/job"
	"clientele/analytics/ledger"
)

// look is a file of cells between semicolons, its heading first.
func look(path, text string) draft.Input {
	l := &ledger.Look{Path: path, Format: job.CSV, Titled: true}
	lines := strings.Split(strings.TrimSpace(text), "\n")
	for name := range strings.SplitSeq(lines[0], ";") {
		l.Columns = append(l.Columns, ledger.LookColumn{Name: name, Text: true})
	}
	for _, line := range lines[1:] {
		l.Rows = append(l.Rows, strings.Split(line, ";"))
	}
	return draft.Input{Path: path, Looks: []*ledger.Look{l}}
}

// decided are the lines of all sources and of the job, by key.
func decided(d *draft.Draft) map[string]string {
	all := map[string]string{}
	for _, r := range d.Table() {
		all[r[1]] = r[2]
	}
	return all
}

// Columns are known by their names in six languages, whatever else stands beside
// them.
func TestColumnsInSixLanguages(t *testing.T) {
	for language, c := range map[string]struct {
		text string
		want map[string]string
	}{
		"English": {
			"Line No;Order No;Order Date;Ship Date;Customer No;Product Code;Product Category;Qty;Unit Price;Tax;Line Total;Status;Country\n" +
				"1;A1;2025-01-05;2025-01-07;C1;P1;Tea;2;5.00;0.95;10.00;Completed;DE\n2;A1;2025-01-05;2025-01-07;C1;P2;Tea;1;3.50;0.67;3.50;Completed;DE\n" +
				"3;A2;2025-01-06;2025-01-08;C2;P1;Tea;1;5.00;0.95;5.00;Cancelled;FR\n4;A3;2025-02-06;2025-02-08;C1;P3;Pots;1;25.25;0.95;25.25;Returned;FR",
			map[string]string{
				"columns.customer": "Customer No", "columns.order": "Order No", "columns.time": "Order Date", "columns.amount": "Line Total", "columns.product": "Product Code",
				"columns.category": "Product Category", "columns.quantity": "Qty", "columns.region": "Country",
				"where": "coalesce(Status, '') NOT IN ('Cancelled', 'Returned')",
			},
		},
		"German": {
			"Auftragsnummer;Bestelldatum;Lieferdatum;Kundennummer;Artikelnummer;Warengruppe;Menge;Einzelpreis;MwSt;Gesamtpreis;Bestellstatus;Bundesland\n" +
				"1;05.01.2025;07.01.2025;K1;P1;Tee;2;5,00;0,95;10,00;bezahlt;Bayern\n2;16.01.2025;18.01.2025;K2;P1;Tee;1;5,00;0,95;5,00;storniert;Hessen\n3;06.02.2025;08.02.2025;K1;P3;Kannen;1;25,25;0,95;25,25;bezahlt;Bayern",
			map[string]string{
				"columns.customer": "Kundennummer", "columns.order": "Auftragsnummer", "columns.time": "Bestelldatum", "columns.amount": "Gesamtpreis", "columns.product": "Artikelnummer",
				"columns.category": "Warengruppe", "columns.quantity": "Menge", "columns.region": "Bundesland", "where": "coalesce(Bestellstatus, '') NOT IN ('storniert')",
			},
		},
		"French": {
			"N° commande;Date de commande;Date de livraison;N° client;Référence produit;Catégorie;Quantité;Prix unitaire;TVA;Montant TTC;Statut;Ville\n" +
				"1;05/01/2025;07/01/2025;K1;P1;Thé;2;5,00;0,95;10,00;Livrée;Lyon\n2;16/01/2025;18/01/2025;K2;P1;Thé;1;5,00;0,95;5,00;Annulée;Nice\n3;06/02/2025;08/02/2025;K1;P3;Pots;1;25,25;0,95;25,25;En attente de paiement;Lyon",
			map[string]string{
				"columns.customer": "N° client", "columns.order": "N° commande", "columns.time": "Date de commande", "columns.amount": "Montant TTC", "columns.product": "Référence produit",
				"columns.category": "Catégorie", "columns.quantity": "Quantité", "columns.region": "Ville", "where": "coalesce(Statut, '') NOT IN ('Annulée', 'En attente de paiement')",
			},
		},
		"Spanish": {
			"Número de pedido;Fecha de compra;Fecha de entrega;Código cliente;Código artículo;Categoría;Cantidad;Precio unitario;IVA;Importe total;Estado;Provincia\n" +
				"1;05/01/2025;07/01/2025;K1;P1;Té;2;5,00;0,95;10,00;Entregado;Lugo\n2;16/01/2025;18/01/2025;K2;P1;Té;1;5,00;0,95;5,00;Cancelado;Cádiz\n3;06/02/2025;08/02/2025;K1;P3;Potes;1;25,25;0,95;25,25;Devuelto;Lugo",
			map[string]string{
				"columns.customer": "Código cliente", "columns.order": "Número de pedido", "columns.time": "Fecha de compra", "columns.amount": "Importe total", "columns.product": "Código artículo",
				"columns.category": "Categoría", "columns.quantity": "Cantidad", "columns.region": "Provincia", "where": "coalesce(Estado, '') NOT IN ('Cancelado', 'Devuelto')",
			},
		},
		"Portuguese": {
			"Número do pedido;Data da compra;Data de entrega;Código do cliente;Código do produto;Categoria;Quantidade;Preço unitário;Imposto;Valor total;Situação;Estado\n" +
				"1;05/01/2025;07/01/2025;K1;P1;Chá;2;5,00;0,95;10,00;Entregue;SP\n2;16/01/2025;18/01/2025;K2;P1;Chá;1;5,00;0,95;5,00;Cancelado;RJ\n3;06/02/2025;08/02/2025;K1;P3;Potes;1;25,25;0,95;25,25;Aguardando pagamento;SP",
			map[string]string{
				"columns.customer": "Código do cliente", "columns.order": "Número do pedido", "columns.time": "Data da compra", "columns.amount": "Valor total", "columns.product": "Código do produto",
				"columns.category": "Categoria", "columns.quantity": "Quantidade", "columns.region": "Estado", "where": `coalesce("Situação", '') NOT IN ('Cancelado', 'Aguardando pagamento')`,
			},
		},
		"Chinese": {
			"订单号;下单时间;发货时间;会员编号;商品编码;商品类目;数量;单价;运费;实付金额;订单状态;省份\n" +
				"1;2025-01-05 10:00:00;2025-01-07 10:00:00;K1;P1;茶;2;5.00;0.95;10.00;已完成;浙江\n2;2025-01-16 10:00:00;2025-01-18 10:00:00;K2;P1;茶;1;5.00;0.95;5.00;已取消;江苏\n3;2025-02-06 10:00:00;2025-02-08 10:00:00;K1;P3;壶;1;25.25;0.95;25.25;待付款;浙江",
			map[string]string{
				"columns.customer": "会员编号", "columns.order": "订单号", "columns.time": "下单时间", "columns.amount": "实付金额", "columns.product": "商品编码",
				"columns.category": "商品类目", "columns.quantity": "数量", "columns.region": "省份", "where": `coalesce("订单状态", '') NOT IN ('已取消', '待付款')`,
			},
		},
	} {
		d, err := draft.New([]draft.Input{look("orders.csv", c.text)}, draft.Answers{})
		require.NoError(t, err, language)
		got := decided(d)
		delete(got, "name")
		delete(got, "as_of")
		require.Equal(t, c.want, got, language)
	}
}

// What a row is and whose money it has follows from the lines of orders.
func TestLinesOfOrders(t *testing.T) {
	rows := func(amounts ...string) string {
		var text strings.Builder
		text.WriteString("order_id;customer_id;order_date;sku;total\n")
		for i, amount := range amounts {
			order := i/2 + 1
			fmt.Fprintf(&text, "%d;c%d;2025-01-%02d;%s;%s\n", order, order%3, order, []string{"x", "y"}[i%2], amount)
		}
		return text.String()
	}
	for text, want := range map[string]string{
		rows("9.50", "9.50", "7.50", "7.50", "3.25", "3.25", "8.75", "8.75", "4.50", "4.50"): "order",
		rows("9.50", "1.50", "7.50", "7.50", "3.25", "3.25", "8.75", "8.75", "4.50", "4.50"): "",
		rows("9.50", "", "7.50", "", "3.25", "", "8.75", "", "4.50", ""):                     "order",
		// A shop of one price, and one of two: lines that agree say nothing.
		rows("20.00", "20.00", "20.00", "20.00", "20.00", "20.00", "20.00", "20.00", "20.00", "20.00"): "",
		rows("20.00", "20.00", "20.00", "20.00", "9.50", "9.50", "20.00", "20.00", "20.00", "20.00"):   "",
		// Two tickets of one kind, on a line each.
		strings.ReplaceAll(rows("9.50", "9.50", "7.50", "7.50", "3.25", "3.25", "8.75", "8.75", "4.50", "4.50"), ";y;", ";x;"): "",
	} {
		d, err := draft.New([]draft.Input{look("orders.csv", text)}, draft.Answers{})
		require.NoError(t, err)
		require.Equal(t, want, decided(d)["amount_is"], text)
	}
	below := strings.ReplaceAll("order_id;customer_id;order_date;sku;total\n1;a;2025-01-01;x;9.50\n1;;;y;\n2;b;2025-01-02;x;7.50\n2;;;y;\n3;a;2025-02-02;x;3.25\n3;;;y;", " ", "")
	d, err := draft.New([]draft.Input{look("orders.csv", below)}, draft.Answers{})
	require.NoError(t, err)
	require.Equal(t, "customer_id, order_date, total", decided(d)["fill_down"])
	require.Equal(t, "order", decided(d)["amount_is"])
}

// A job cannot run without who, when and how much: what nobody but a person knows is
// asked, and an answer is taken.
func TestQuestions(t *testing.T) {
	for _, c := range []struct {
		text string
		flag string
		with *draft.Answers // nil: no answer helps
	}{
		{"day;total\n2025-01-01;9.50\n2025-01-02;3.25", "customer", &draft.Answers{Customer: "total"}},
		{"customer;day;total\na;01/02/2025;9.50\nb;03/04/2025;3.25", "dates", &draft.Answers{Dates: "mdy"}},
		{"customer;day;total;currency\na;2025-01-01;9.50;EUR\nb;2025-01-02;3.25;USD", "currency", &draft.Answers{Currency: "EUR"}},
		{"customer;note\na;b\nc;d", "time", nil},
	} {
		in := []draft.Input{look("orders.csv", c.text)}
		_, err := draft.New(in, draft.Answers{})
		var q *draft.Question
		require.ErrorAs(t, err, &q, c.text)
		require.Contains(t, q.Error(), "answer with --"+c.flag, c.text)
		if c.with == nil {
			continue
		}
		_, err = draft.New(in, *c.with)
		require.NoError(t, err, c.text)
	}
}

// A near tie is said, and worth a question to somebody who is there.
func TestDoubt(t *testing.T) {
	d, err := draft.New([]draft.Input{look("orders.csv", "buyer id;user id;day;total\na;x;2025-01-01;9.50\nb;y;2025-01-02;3.25\na;x;2025-01-03;3.25\nb;y;2025-01-04;3.25")}, draft.Answers{})
	require.NoError(t, err)
	q := d.Doubt()
	require.NotNil(t, q)
	require.Equal(t, "columns.customer", q.Key)
	require.ElementsMatch(t, []string{"user id", "buyer id"}, q.Choices)
	answered := draft.Answers{}
	answered.Set(q.Key, "buyer id")
	d, err = draft.New([]draft.Input{look("orders.csv", "buyer id;user id;day;total\na;x;2025-01-01;9.50\nb;y;2025-01-02;3.25")}, answered)
	require.NoError(t, err)
	require.Equal(t, "buyer id", decided(d)["columns.customer"])
	require.Nil(t, d.Doubt())
}

// Files belong together by the values of a key, whatever they call it; others are said
// not to be used.
func TestFilesThatBelongTogether(t *testing.T) {
	d, err := draft.New([]draft.Input{
		look("people.csv", "id;email;city\nc1;a@example.com;Berlin\nc2;b@example.com;Bonn\nc3;c@example.com;Bonn"),
		look("orders.csv", "order_id;customer_id;order_date;total\n1;c1;2025-01-01;9.50\n2;c2;2025-01-02;3.25\n3;c1;2025-01-03;3.25"),
		look("notes.csv", "title;text\na;b"),
	}, draft.Answers{})
	require.NoError(t, err)
	require.Len(t, d.Sources, 1)
	require.Equal(t, "orders.csv", d.Sources[0].Path)
	got := decided(d)
	require.Equal(t, "people.csv", got["join"])
	require.Equal(t, "city", got["columns.region"])
	require.Equal(t, []draft.Unused{{Path: "notes.csv", Why: "no column of it is a time with an amount of money, and no other file names its rows"}}, d.Unused)
	var file strings.Builder
	require.NoError(t, d.Write(&file))
	require.Contains(t, file.String(), "      - path: people.csv\n        on: customer_id = id\n")
}

// Ids that two departments write differently are noticed.
func TestIDsOfTwoDepartments(t *testing.T) {
	d, err := draft.New([]draft.Input{
		look("till.csv", "customer no;day;total\n4017.0;2025-01-01;9.50\n4021.0;2025-01-02;3.25\n4017.0;2025-01-04;3.25"),
		look("web.csv", "order;customer no;day;total\n1;0004017;2025-01-03;9.50\n2;0004099;2025-01-05;3.25\n3;0004017;2025-02-05;3.25"),
	}, draft.Answers{})
	require.NoError(t, err)
	require.Equal(t, "trim, drop-.0, drop-leading-zeros", decided(d)["identity.normalise"])
}

// The rules are those of a run: 00A7 keeps its zeros and v1.0 its end, so that they are no
// reason for one.
func TestIDsThatARunKeepsApart(t *testing.T) {
	for ids, want := range map[string]string{"00A7 A7": "", "v1.0 v1": "", "17.0 17": "trim, drop-.0", "Ann ann": "trim, lower"} {
		a, b, _ := strings.Cut(ids, " ")
		d, err := draft.New([]draft.Input{
			look("till.csv", "customer no;day;total\n"+a+";2025-01-01;9.50\nx;2025-01-02;3.25\n"+a+";2025-01-04;3.25"),
			look("web.csv", "order;customer no;day;total\n1;"+b+";2025-01-03;9.50\n2;y;2025-01-05;3.25\n3;"+b+";2025-02-05;3.25"),
		}, draft.Answers{})
		require.NoError(t, err)
		require.Equal(t, want, decided(d)["identity.normalise"], ids)
	}
}

// What a row says of itself leaves it out: a flag, or a time of cancelling. A flag that
// most rows have says nothing, and a state can wait for money in any words.
func TestRowsThatSayTheyAreNoSales(t *testing.T) {
	for column, want := range map[string]string{
		"Voided;False;True;False;False":                          "coalesce(Voided, '') NOT IN ('True')",
		"livemode;true;true;false;true":                          "coalesce(livemode, '') NOT IN ('false')",
		"Mode;Live;Test;Live;Live":                               "coalesce(Mode, '') NOT IN ('Test')",
		"is_test;1;1;1;0":                                        "",
		"Cancelled At;;2025-01-07;;":                             `"Cancelled At" IS NULL`,
		"Status;done;Awaiting bank wire payment;done;done":       "coalesce(Status, '') NOT IN ('Awaiting bank wire payment')",
		"Status;done;On backorder (not paid);done;done":          "coalesce(Status, '') NOT IN ('On backorder (not paid)')",
		"Status;done;Payment accepted, awaiting stock;done;done": "",
		"Status;closed;closed;void;closed":                       "coalesce(Status, '') NOT IN ('void')",
		"Status;done;closed;done;done":                           "coalesce(Status, '') NOT IN ('closed')",
		"Status;paid;买家已付款，等待卖家发货;paid;paid":                     "",
	} {
		cells := strings.Split(column, ";")
		var text strings.Builder
		fmt.Fprintf(&text, "order_id;customer_id;order_date;total;%s", cells[0])
		for i, cell := range cells[1:] {
			fmt.Fprintf(&text, "\n%d;c%d;2025-01-%02d;9.50;%s", i, i%2, i+1, cell)
		}
		d, err := draft.New([]draft.Input{look("orders.csv", text.String())}, draft.Answers{})
		require.NoError(t, err, column)
		require.Equal(t, want, decided(d)["where"], column)
	}
}

// Stars hide who a person is: many share what is left.
func TestMaskedValuesAreNobody(t *testing.T) {
	_, err := draft.New([]draft.Input{look("orders.csv", "order no;phone;day;total\n1;138****0000;2025-01-01;9.50\n2;138****0000;2025-01-02;3.25")}, draft.Answers{})
	var q *draft.Question
	require.ErrorAs(t, err, &q)
	require.Equal(t, "columns.customer", q.Key)
}

// A list of one column is a list.
func TestFillDownOfOneColumn(t *testing.T) {
	d, err := draft.New([]draft.Input{look("orders.csv", "order_id;customer_id;order_date;sku;total\n1;a;2025-01-01;x;9.50\n1;a;2025-01-01;y;\n2;b;2025-01-02;x;7.50\n2;b;2025-01-02;y;")}, draft.Answers{})
	require.NoError(t, err)
	var file strings.Builder
	require.NoError(t, d.Write(&file))
	require.Contains(t, file.String(), "fill_down: [total]")
}

// A row that gives goods back may name its sale, in a column that databases fill with
// texts for nothing. A column that names a row's own order is none.
func TestOriginalOrder(t *testing.T) {
	for text, want := range map[string]string{
		"receipt no;customer no;day;amount;parent_id\n1;a;2025-01-01;9.50;\n2;b;2025-01-02;3.25;\n3;a;2025-01-03;-9.50;1":         "parent_id",
		"receipt no;customer no;day;amount;parent_id\n1;a;2025-01-01;9.50;NULL\n2;b;2025-01-02;3.25;NULL\n3;a;2025-01-03;-9.50;1": `nullif(nullif(parent_id, 'NULL'), '\N')`,
		"receipt no;customer no;day;amount;parent_id\n1;a;2025-01-01;9.50;1\n2;b;2025-01-02;3.25;2\n3;a;2025-01-03;-9.50;3":       "",
		"receipt no;customer no;day;amount;parent_id\n1;a;2025-01-01;9.50;77\n2;b;2025-01-02;3.25;78\n3;a;2025-01-03;-9.50;79":    "",
	} {
		d, err := draft.New([]draft.Input{look("till.csv", text)}, draft.Answers{})
		require.NoError(t, err)
		require.Equal(t, want, decided(d)["columns.original_order"], text)
	}
}
