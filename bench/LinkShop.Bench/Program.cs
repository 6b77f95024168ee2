using LinkShop.Bench;

// Every bench ends with one JSON object on the last line of standard output: snake_case keys, the unit in the name.
if (args.Length == 0 || args.Contains("--help"))
    return Arguments.Usage();
var arguments = Arguments.Parse(args);
return arguments.Name switch
{
    "checkout" => await CheckoutBench.RunAsync(arguments),
    "import-keys" => await ImportKeysBench.RunAsync(arguments),
    "page" => await PageBench.RunAsync(arguments),
    "engine" => await EngineBench.RunAsync(arguments),
    "ledger" => await LedgerBench.RunAsync(arguments),
    "referrals" => await ReferralsBench.RunAsync(arguments),
    "shops" => await ShopsBench.RunAsync(arguments),
    "start" => await StartBench.RunAsync(arguments),
    _ => Arguments.Usage(),
};
