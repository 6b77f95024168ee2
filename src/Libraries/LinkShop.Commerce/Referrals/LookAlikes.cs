using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace LinkShop.Commerce.Referrals;

/// <summary>Reads a text as people do who take letters for what they look like: accents are left out, and letters of other scripts are the Latin ones that they look like.</summary>
internal static class LookAlikes
{
    // what each of the upper letters is taken for stands below it
    private const string Others = "авсеһніјкӏмоԁԛԍгѕтуѵԝхзαβγεηικνορτυχωϲϳոսօցɑɡɩʟᴀʙᴄᴅᴇɢʜɪᴊᴋᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢꜱıßøłđħŧрп";
    private const string Latin = "abcehhijklmodqgrstyvwx3abyenikvoptuxwcjnuogagilabcdeghijkmnoprtuvwyzsisoldhtpn";

    private static readonly FrozenDictionary<char, char> s_latin = Others.Zip(Latin).ToFrozenDictionary(p => p.First, p => p.Second);

    /// <summary>Letters, digits and percent signs alone, as they are read.</summary>
    public static string Read(string text)
    {
        var read = new StringBuilder(text.Length);
        // taken apart, an accent is a mark of its own, and marks are left out
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (char.IsLetterOrDigit(c) || c == '%')
                read.Append(s_latin.GetValueOrDefault(char.ToLower(c, CultureInfo.InvariantCulture), char.ToLower(c, CultureInfo.InvariantCulture)));
        }

        return read.ToString();
    }

    /// <summary>The same with digits read as letters; an upright stroke can be two of them.</summary>
    public static IEnumerable<string> WithoutDigits(string text)
    {
        if (!text.Any(char.IsAsciiDigit))
            return [];
        var letters = text.Replace('0', 'o').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't');
        return [letters.Replace('1', 'i'), letters.Replace('1', 'l')];
    }
}
