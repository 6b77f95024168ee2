namespace LinkShop.Commerce.Ordering;

/// <summary>What can be said about a request without looking at offers.</summary>
internal static class OrderRequestRules
{
    public const int MaxLines = 20;

    public static List<CommerceError> CheckLines(OrderRequest request)
    {
        var errors = new List<CommerceError>();
        if (request.Lines is not { Count: > 0 })
            return [new(CommerceErrors.Required, "An order has at least one line.", "lines")];
        if (request.Lines.Count > MaxLines)
            return [new(CommerceErrors.TooLong, $"An order has at most {MaxLines} lines.", "lines")];
        for (var i = 0; i < request.Lines.Count; i++)
        {
            var line = request.Lines[i];
            var path = $"lines[{i}]";
            if (line is null || string.IsNullOrEmpty(line.SkuId))
            {
                errors.Add(new(CommerceErrors.Required, "The variant is missing.", path + ".skuId"));
                continue;
            }

            if (request.Lines.Take(i).Any(l => l?.SkuId == line.SkuId))
                errors.Add(new(CommerceErrors.Invalid, "Each variant has one line; raise its quantity instead.", path + ".skuId"));
            if (line.Quantity is < 1 or > 1000)
                errors.Add(new(CommerceErrors.QuantityOutOfRange, "The quantity must be between 1 and 1,000.", path + ".quantity") { Facts = [1, 1000] });
            if (line.PickedKeyId is not null && line.Quantity != 1)
                errors.Add(new(CommerceErrors.QuantityOutOfRange, "With a chosen key the quantity is 1.", path + ".quantity"));
        }

        return errors;
    }

    public static void CheckBuyer(OrderRequest request, string? contact, List<CommerceError> errors)
    {
        var guest = request.UserId is null;
        if (string.IsNullOrWhiteSpace(request.Contact))
        {
            if (guest)
                errors.Add(new(CommerceErrors.Required, "An e-mail address or phone number is required.", "contact"));
        }
        else if (contact is null)
        {
            errors.Add(new(CommerceErrors.Invalid, "This is neither an e-mail address nor a phone number.", "contact"));
        }

        var password = request.LookupPassword?.Trim() ?? "";
        if (password.Length == 0 && guest)
            errors.Add(new(CommerceErrors.Required, "A lookup password is required.", "lookupPassword"));
        else if (password.Length is > 0 and < 4)
            errors.Add(new(CommerceErrors.TooShort, "A lookup password has at least 4 characters.", "lookupPassword"));
        else if (password.Length > 64)
            errors.Add(new(CommerceErrors.TooLong, "A lookup password has at most 64 characters.", "lookupPassword"));
        if (request.IdempotencyKey is { Length: 0 or > 128 })
            errors.Add(new(CommerceErrors.Invalid, "An idempotency key has 1 to 128 characters.", "idempotencyKey"));
        if (request.Culture is not { Length: >= 2 and <= 20 })
            errors.Add(new(CommerceErrors.Invalid, "A culture name has 2 to 20 characters.", "culture"));
        if (request.UserId is { Length: 0 or > 128 })
            errors.Add(new(CommerceErrors.Invalid, "A user id has 1 to 128 characters.", "userId"));
    }
}
