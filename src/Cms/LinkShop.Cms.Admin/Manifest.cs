using OrchardCore.Modules.Manifest;

[assembly: Module(
    Name = "LinkShop CMS administration",
    Author = "LinkShop",
    Version = "0.1.0",
    Description = "Accounts, roles, settings, media, mail and the screens to manage a site.",
    Category = "Infrastructure",
    IsAlwaysEnabled = true)]

[assembly: Feature(Id = "OrchardCore.Settings", Name = "Settings", Category = "Infrastructure", IsAlwaysEnabled = true,
    Description = "The site's name, address, time zone and the settings of other features.")]
[assembly: Feature(Id = "OrchardCore.HomeRoute", Name = "Home Route", Category = "Infrastructure", Dependencies = ["OrchardCore.Settings"],
    Description = "Shows the action that the settings name as the site's first page.")]
[assembly: Feature(Id = "OrchardCore.Roles", Name = "Roles", Category = "Security", Dependencies = ["OrchardCore.Settings"],
    Description = "Roles and the permissions that they grant.")]
[assembly: Feature(Id = "OrchardCore.Users", Name = "Users", Category = "Security", Dependencies = ["OrchardCore.Roles"],
    Description = "Accounts, sign-in with lock-out, and their administration.")]
[assembly: Feature(Id = "OrchardCore.Users.Registration", Name = "Users Registration", Category = "Security", Dependencies = ["OrchardCore.Users"],
    Description = "Lets visitors create an account.")]
[assembly: Feature(Id = "OrchardCore.Users.ResetPassword", Name = "Users Reset Password", Category = "Security", Dependencies = ["OrchardCore.Users", "OrchardCore.Email"],
    Description = "Lets people who forgot their password choose a new one by a link that is mailed to them.")]
[assembly: Feature(Id = "OrchardCore.Users.ChangeEmail", Name = "Users Change Email", Category = "Security", Dependencies = ["OrchardCore.Users", "OrchardCore.Email"],
    Description = "Lets people change the e-mail address of their account, by a link that is mailed to the new one.")]
[assembly: Feature(Id = "OrchardCore.Media", Name = "Media", Category = "Content Management", Dependencies = ["OrchardCore.ContentTypes"],
    Description = "Pictures and other files of the site, and the field that names them.")]
[assembly: Feature(Id = "OrchardCore.Email", Name = "Email", Category = "Messaging", Dependencies = ["OrchardCore.Settings"],
    Description = "Sends mail through an SMTP server; without one, mails are kept in a local outbox.")]
[assembly: Feature(Id = "OrchardCore.Features", Name = "Features", Category = "Infrastructure", IsAlwaysEnabled = true,
    Description = "Enables and disables features.")]
[assembly: Feature(Id = "OrchardCore.Tenants", Name = "Tenants", Category = "Infrastructure", DefaultTenantOnly = true,
    Description = "Creates and manages the sites that this server hosts.")]
[assembly: Feature(Id = "OrchardCore.Admin", Name = "Admin", Category = "Infrastructure", IsAlwaysEnabled = true,
    Description = "The administration's first page.")]
