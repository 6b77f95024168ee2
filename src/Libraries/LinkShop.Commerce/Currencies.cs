using System.Collections.Frozen;

namespace LinkShop.Commerce;

/// <summary>ISO 4217 codes and how many decimals their minor unit has.</summary>
public static class Currencies
{
    private static readonly FrozenDictionary<string, byte> s_digits = Build();

    /// <summary>Whether the code is a currency in use (three upper-case letters).</summary>
    /// <param name="code">The code, or null.</param>
    public static bool IsKnown(string? code) => code is not null && s_digits.ContainsKey(code);

    /// <summary>Decimals of the minor unit: 2 for CNY, 0 for JPY, 3 for KWD.</summary>
    /// <param name="code">A known code.</param>
    /// <exception cref="ArgumentException">The code isn't known.</exception>
    public static int DigitsOf(string code) =>
        s_digits.TryGetValue(code, out var digits) ? digits : throw new ArgumentException($"'{code}' is not an ISO 4217 currency.", nameof(code));

    /// <summary>All known codes.</summary>
    public static IReadOnlyList<string> All => s_digits.Keys;

    private static FrozenDictionary<string, byte> Build()
    {
        var all = new Dictionary<string, byte>(StringComparer.Ordinal);
        Add(0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF");
        Add(3, "BHD IQD JOD KWD LYD OMR TND");
        Add(4, "CLF UYW");
        Add(2, """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK
            DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT
            LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN
            QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS
            VES WST XCD YER ZAR ZMW
            """);
        return all.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(byte digits, string codes)
        {
            foreach (var code in codes.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
                all.Add(code, digits);
        }
    }
}
