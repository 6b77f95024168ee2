namespace LinkShop.Http;

/// <summary>A service of those shops whose payees the platform verifies and whose payouts it approves. Elsewhere the site's own people do, and there is no such service.</summary>
public sealed class PlatformApproves;
