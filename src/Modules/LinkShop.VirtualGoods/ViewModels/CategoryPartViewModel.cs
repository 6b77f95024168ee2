namespace LinkShop.VirtualGoods.ViewModels;

public class CategoryPartViewModel
{
    public string? Icon { get; set; }

    public int Position { get; set; }

    public Dictionary<string, string?> Titles { get; set; } = [];
}
