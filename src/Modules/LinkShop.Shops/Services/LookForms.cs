using LinkShop.Shops.Models;
using LinkShop.Shops.ViewModels;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;

namespace LinkShop.Shops.Services;

/// <summary>Turns a form into a look and back, and says what is wrong with it.</summary>
public sealed class LookForms(IStringLocalizer<LookForms> S)
{
    private const int MaxSlogan = 60;

    /// <summary>The form of a look.</summary>
    public static LookForm Fill(LookForm form, ShopBrand brand)
    {
        var preset = BrandPresets.Of(brand.Preset);
        (form.Preset, form.Font, form.Mode, form.SloganZh, form.SloganEn) = (preset.Id, brand.Font ?? preset.Font, brand.Mode, brand.SloganZh, brand.SloganEn);
        (form.Primary, form.Accent, form.OwnColours) = (brand.Primary ?? preset.Primary, brand.Accent ?? preset.Accent, brand.Primary is not null || brand.Accent is not null);
        return form;
    }

    /// <summary>The look of a form, without its pictures. Mistakes go to <paramref name="errors"/>.</summary>
    public ShopBrand Read(LookForm form, ModelStateDictionary errors)
    {
        var preset = BrandPresets.All.FirstOrDefault(p => p.Id == form.Preset);
        if (preset is null)
            errors.AddModelError(nameof(form.Preset), S["Please choose a look."]);
        if (form.OwnColours && !(Rgb.TryParse(form.Primary, out _) && Rgb.TryParse(form.Accent, out _)))
            errors.AddModelError(nameof(form.Primary), S["Please give both colours in the form #rrggbb."]);
        if (form.Font is { Length: > 0 } && !BrandFonts.All.ContainsKey(form.Font))
            errors.AddModelError(nameof(form.Font), S["Please choose a font of the list."]);
        if (form.Mode is not (null or "" or "auto" or "light" or "dark"))
            errors.AddModelError(nameof(form.Mode), S["Please choose light, dark or both."]);
        foreach (var (name, text) in new[] { (nameof(form.SloganZh), form.SloganZh), (nameof(form.SloganEn), form.SloganEn) })
        {
            if (text?.Trim().Length > MaxSlogan)
                errors.AddModelError(name, S["At most {0} characters.", MaxSlogan]);
        }

        preset ??= BrandPresets.All[0];
        return new ShopBrand
        {
            Preset = preset.Id,
            // the form always sends colours and a font; those of the preset follow the preset
            Primary = form.OwnColours && form.Primary != preset.Primary ? form.Primary : null,
            Accent = form.OwnColours && form.Accent != preset.Accent ? form.Accent : null,
            Font = string.IsNullOrEmpty(form.Font) || form.Font == preset.Font ? null : form.Font,
            Mode = form.Mode is "light" or "dark" ? form.Mode : "auto",
            SloganZh = Empty(form.SloganZh),
            SloganEn = Empty(form.SloganEn),
        };
    }

    /// <summary>The pictures of a form. Mistakes go to <paramref name="errors"/>.</summary>
    public async Task<(Picture? Logo, Picture? Banner)> PicturesAsync(LookForm form, ModelStateDictionary errors, CancellationToken cancellationToken)
    {
        var (logo, logoOk) = await BrandPictures.ReadAsync(form.Logo, BrandPictures.MaxLogo, cancellationToken);
        var (banner, bannerOk) = await BrandPictures.ReadAsync(form.Banner, BrandPictures.MaxBanner, cancellationToken);
        if (!logoOk)
            errors.AddModelError(nameof(form.Logo), S["The logo must be a picture (PNG, JPEG, WebP or GIF) of at most 512 KB."]);
        if (!bannerOk)
            errors.AddModelError(nameof(form.Banner), S["The banner must be a picture (PNG, JPEG, WebP or GIF) of at most 2 MB."]);
        return (logo, banner);
    }

    private static string? Empty(string? text) => string.IsNullOrWhiteSpace(text) ? null : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
