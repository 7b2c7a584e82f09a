package simulate_test

import (
	"context"
	"fmt"
	"os"

	"clientele/simulate"
)

func ExampleWriteCSV() {
	o := simulate.Defaults()
	o.Customers, o.AcquisitionDays = 3, 30
	o.End = o.Start.AddDate(0, 0, 59)
	counts, err := simulate.WriteCSV(context.Background(), os.Stdout, nil, o)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(counts.Customers, "customers,", counts.Orders, "orders")
	// Output:
	// customer_id,order_id,time,product,category,quantity,unit_price,amount,channel,region
	// C0000001,0000001-0001,2024-07-25 10:58:40,P01-009,Coffee,1,24.52,24.52,store,North
	// C0000001,0000001-0002,2024-08-05 13:24:15,P01-013,Coffee,2,34.18,68.36,store,North
	// C0000002,0000002-0001,2024-07-30 11:05:09,P01-062,Coffee,1,30.68,30.68,store,East
	// C0000003,0000003-0001,2024-07-05 11:59:08,P01-010,Coffee,1,88.21,88.21,store,North
	// C0000003,0000003-0002,2024-07-13 09:40:01,P02-008,Tea,1,120.89,120.89,store,North
	// C0000003,0000003-0003,2024-08-10 14:46:32,P01-007,Coffee,1,42.57,42.57,store,North
	// C0000003,0000003-0004,2024-08-12 13:59:29,P03-018,Cups,1,46.71,46.71,store,North
	// C0000003,0000003-0005,2024-08-13 21:29:29,P02-087,Tea,1,92.01,92.01,store,North
	// C0000003,0000003-0006,2024-08-16 21:22:02,P02-096,Tea,1,104.30,104.30,store,North
	// C0000003,0000003-0007,2024-08-18 19:03:17,P02-031,Tea,1,95.08,95.08,store,North
	// 3 customers, 10 orders
}
