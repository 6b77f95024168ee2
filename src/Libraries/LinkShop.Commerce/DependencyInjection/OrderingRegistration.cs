using LinkShop.Commerce.Coupons;
using LinkShop.Commerce.Evidence;
using LinkShop.Commerce.Offers;
using LinkShop.Commerce.Ordering;
using LinkShop.Commerce.Payments;
using LinkShop.Commerce.Refunds;
using LinkShop.Commerce.Replacements;
using LinkShop.Commerce.Settlement;
using LinkShop.Commerce.Splits;
using LinkShop.Commerce.Verify;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LinkShop.Commerce.DependencyInjection;

/// <summary>Registers offers, ordering, payments, coupons and verification.</summary>
internal static class OrderingRegistration
{
    public static IServiceCollection AddOrdering(this IServiceCollection services, IConfiguration configuration)
    {
        services.Configure<OrderingOptions>(options => configuration.GetSection("LinkShop:Ordering").Bind(options));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<OrderingOptions>>().Value);

        services.AddSingleton<OfferVersions>();
        services.AddSingleton<IOfferCatalog, OfferCatalog>();
        services.AddSingleton<ICoupons, CouponStore>();

        services.AddSingleton<PurchaseLimiter>();
        services.AddSingleton<Delivery>();
        services.AddSingleton<OrderRelease>();
        services.AddSingleton<OrderCreation>();
        services.AddSingleton<OrderReader>();
        services.AddSingleton<OrderLists>();
        services.AddSingleton<LookupGuard>();
        services.AddSingleton<DeliveryLog>();
        services.AddSingleton<IOrdering, OrderingService>();

        services.Configure<FeeOptions>(options => configuration.GetSection("LinkShop:Fees").Bind(options));
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<FeeOptions>>().Value);
        services.AddSingleton<FeePolicies>();
        services.AddSingleton<IFeePolicies>(provider => provider.GetRequiredService<FeePolicies>());
        services.AddSingleton<SplitStore>();
        services.AddSingleton<Debts>();
        services.AddSingleton<OrderBooks>();
        services.AddSingleton<IReleases, Releases>();
        services.AddSingleton<IFinance, Finance>();
        services.AddSingleton<IMerchants, Merchants>();
        services.AddSingleton<IOrderMoney, OrderMoneyReader>();
        services.AddSingleton<IRefunds, Refunds.Refunds>();
        services.AddSingleton<IRefundAsks, RefundAsks>();
        services.AddSingleton<DeliveredReader>();
        services.AddSingleton<EvidenceReader>();
        services.AddSingleton<IEvidence, EvidenceBuilder>();
        services.AddSingleton<IReplacements, Replacements.Replacements>();
        services.AddSingleton<ICorrections, Corrections>();

        services.AddSingleton<PaymentSettlement>();
        services.AddSingleton<PaymentIntake>();
        services.AddSingleton<IPaymentIntake>(provider => provider.GetRequiredService<PaymentIntake>());

        services.AddSingleton<IPaymentRefusals, PaymentRefusals>();

        services.AddSingleton<OrderSearcher>();
        services.AddSingleton<OrderStatistics>();
        services.AddSingleton<IOrderExport, OrderExport>();
        services.AddSingleton<IOrderDesk, OrderDesk>();
        services.AddSingleton<IBuyerMatters, BuyerMatters>();
        services.AddSingleton<IOrderExpiry, OrderExpiry>();
        services.AddSingleton<ICommerceVerifier, CommerceVerifier>();
        return services;
    }
}
